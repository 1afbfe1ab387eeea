import { killWorkers } from './killing.story.ts';

// So many kills, one job; figures are claimed for KILLS=30.
killWorkers(Number(process.env.KILLS ?? 2));
