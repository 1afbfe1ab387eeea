import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Read before a contestant whose memory is measured: what it no longer needs is given back when it is told to.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => {
  collect();
  collect();
});
