import { availableParallelism, loadavg } from 'node:os';

/** Whether others leave this machine alone: of its processors less than half has been busy in the last minute, this process included. */
export const isMachineIdle = (): boolean => loadavg()[0]! < availableParallelism() / 2;
