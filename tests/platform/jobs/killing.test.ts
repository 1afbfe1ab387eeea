import { killWorkers } from './killing.story.ts';

killWorkers(2);
