import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestSeat } from '../../src/testing/test-seat.ts';
import { blocksOf, bodiesOf, wordsOf } from '../house/document.blocks.ts';
import { readText } from '../house/repository.files.ts';
import { inSteps } from '../support/in-steps.ts';
import { runProgram } from '../support/run-program.ts';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

// What docs/start.md says under "For real", done block by block on a folder where nothing is (spec 2.1, 10.3).

const TEXT = readText('docs/start.md');
const BLOCKS = blocksOf('docs/start.md', TEXT.slice(TEXT.indexOf('## 9. For real')));
const shell = (holding: string): string => {
  const found = BLOCKS.find(({ info, code }) => info === 'sh' && code.includes(holding));
  if (!found) throw new Error(`There is no block with ${holding}.`);
  return found.code;
};
const queryOf = (holding: string): string => bodiesOf(shell(holding))[0]!.query;

let folder: Awaited<ReturnType<typeof dataFolder>>;
let program: StartedProgram;
const run = (holding: string) => runProgram(wordsOf(shell(holding)), { DATA_DIR: folder.path });
const seatOf = (token?: string): TestSeat => new TestSeat({ id: '', name: 'somebody', token, url: program.url });

beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(async () => {
  await program?.stop();
  await folder?.remove();
});

inSteps('for real', () => {
  it('a company is founded, and the server started', async () => {
    expect(await run('organization create')).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('demo'),
      stdout: expect.stringMatching(/^Founded Hongda Valves /),
    });
    const [, sender] = /SMS_SENDER=(\w+) npm start/.exec(shell('npm start'))!;
    program = await startProgram({ DATA_DIR: folder.path, HOST: '127.0.0.1', SMS_SENDER: sender! });
    expect(program.output()).not.toContain('emo');
  });

  it('its admin is sent a code and signs in with it', async () => {
    expect((await seatOf().ask(queryOf('requestSignInCode'))).errors).toEqual([]);
    const printed = /SMS to \+8613700000001: (\d{6}) is your sign-in code for Hongda Valves\./;
    await expect.poll(program.output).toMatch(printed);
    const [, code] = printed.exec(program.output())!;
    const { signIn } = await seatOf().query(queryOf('signIn(').replace('123456', code!));
    expect(signIn).toMatchObject({ __typename: 'SignInSuccess', token: expect.any(String) });
  });

  it('asks the first query, and is answered as the page says', async () => {
    const { stdout } = await run('token --phone');
    const answer = BLOCKS.find(({ code }) => code.includes('token --phone'))!.answer!;
    expect({ data: await seatOf(stdout.trim()).query(queryOf('token --phone')) }).toEqual(JSON.parse(answer));
  });

  it('is certified', async () => {
    expect(await run('organization certify')).toMatchObject({ code: 0, stdout: expect.stringContaining('is certified ADVANCED') });
  });
});
