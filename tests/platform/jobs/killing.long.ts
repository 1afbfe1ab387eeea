import { killWorkers } from './killing.story.ts';

// So many kills, one job: KILLS=2 tries it small.
killWorkers(Number(process.env.KILLS ?? 30));
