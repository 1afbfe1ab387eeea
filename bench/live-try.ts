import { runLive } from './live/live.ts';
console.log(await runLive({ quick: true, say: (line) => console.log(line) }));
