import type { FromReader, ToReader } from '../read-line.ts';

// A process that answers as the picture says, in place of the one that reads.

const answer = (message: FromReader): void => {
  process.send!(message);
};
process.on('message', ({ id, picture }: ToReader) => {
  const word = Buffer.from(picture).toString();
  if (word === 'hang') return;
  if (word === 'die') process.exit(1);
  if (word === 'fail') answer({ id, failed: 'made up' });
  else if (word === 'absent') answer({ absent: 'no such package' });
  else answer({ id, lines: [{ text: word, confidence: 1, height: 1 }] });
});
process.on('disconnect', () => process.exit());
