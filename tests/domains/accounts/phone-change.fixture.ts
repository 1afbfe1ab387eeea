import { expect } from 'vitest';
import { TextOutbox } from '../../../src/domains/accounts/index.ts';
import type { TextMessage } from '../../../src/sdk/index.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';

const REQUEST_CHANGE = 'mutation ($input: RequestPhoneChangeCodeInput!) { requestPhoneChangeCode(input: $input) { __typename } }';
const CHANGE = `mutation ($input: ChangeMyPhoneInput!) { changeMyPhone(input: $input) { __typename ... on UserError { code }
  ... on ValidationFailed { issues { code } }
  ... on PhoneOfSeveral { path message going { id } unclaimed { id } others { id } }
  ... on ChangeMyPhoneSuccess { phone seats { id } staying { id } conflicts { id } } } }`;
const REQUEST_SIGN_IN = 'mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }';
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token seat { id } seats { id } } } }`;
const SWITCH = `mutation ($input: SwitchSeatInput!) { switchSeat(input: $input) { __typename ... on SwitchSeatSuccess { token seat { id } } } }`;

/** People and their telephones: codes come to the numbers that they are sent to, and whoever has the telephone reads them. */
export class Telephones {
  readonly #server: TestServer;
  readonly #sent = new Map<string, TextMessage>();
  constructor(server: TestServer) {
    this.#server = server;
    const send = async (message: TextMessage): Promise<void> => void this.#sent.set(message.phone, message);
    Object.assign(server.runtime.door, {
      texts: new TextOutbox({ sender: { name: 'kept', send } }),
      settings: { ...server.runtime.door.settings, codesPerAddress: 10_000, codesPerNumber: 1_000 },
    });
  }
  /** @returns the last code that has come to a number. */
  async read(phone: string): Promise<string> {
    await this.#server.runtime.door.texts.settled();
    return this.#sent.get(phone)!.parameters.code!;
  }
  /** @returns the last message that has come to a number. */
  async text(phone: string): Promise<string> {
    await this.#server.runtime.door.texts.settled();
    return this.#sent.get(phone)!.text;
  }
  /** @returns the code that has come to the new number. */
  async codeFor(seat: TestSeat, phone: string): Promise<string> {
    await seat.query(REQUEST_CHANGE, { input: { phone } });
    return this.read(phone);
  }
  /** The answer of `changeMyPhone`, asked once. */
  async asks(
    seat: TestSeat,
    { phone, code, seatIds }: { readonly phone: string; readonly code?: string; readonly seatIds?: readonly string[] },
  ) {
    const { data, errors } = await seat.ask(CHANGE, { input: { phone, code: code ?? (await this.codeFor(seat, phone)), seatIds } });
    return errors.length ? errors[0]!.extensions.code : data.changeMyPhone;
  }
  /** The answer of `changeMyPhone` to somebody who names what would go, where they have to. */
  async changes(seat: TestSeat, phone: string, code?: string) {
    const known = code ?? (await this.codeFor(seat, phone));
    const answer = await this.asks(seat, { phone, code: known });
    if (answer.__typename !== 'PhoneOfSeveral') return answer;
    return this.asks(seat, { phone, code: known, seatIds: answer.going.map(({ id }: { id: string }) => id) });
  }
  /** Signs in by a code. @param seatId the seat that was last used without it */
  async signsIn(phone: string, seatId?: string): Promise<TestSeat> {
    await this.#server.nobody.query(REQUEST_SIGN_IN, { input: { phone } });
    const { signIn } = await this.#server.nobody.query(SIGN_IN, { input: { phone, code: await this.read(phone), seatId } });
    expect(signIn.__typename).toBe('SignInSuccess');
    return this.#as(signIn);
  }
  /** Acts as another seat of the account, or says how that was refused. */
  async switches(seat: TestSeat, seatId: string): Promise<TestSeat | string> {
    const { data, errors } = await seat.ask(SWITCH, { input: { seatId } });
    if (errors.length) return errors[0]!.extensions.code;
    return data.switchSeat.token ? this.#as(data.switchSeat) : data.switchSeat.__typename;
  }
  #as({ token, seat }: { readonly token: string; readonly seat: { readonly id: string } | null }): TestSeat {
    return new TestSeat({ id: seat?.id ?? '', name: 'signed in', token, url: this.#server.url });
  }
}

/** Whom a session stands for: the id of its seat, or the code of what it is refused with. */
export const isWho = async (seat: TestSeat): Promise<string> => {
  const { data, errors } = await seat.ask('{ viewer { id } }');
  return errors[0]?.extensions.code ?? data.viewer.id;
};
export const seatsOf = async (seat: TestSeat): Promise<string[]> =>
  (await seat.query('{ seats { id } }')).seats.map(({ id }: { id: string }) => id).toSorted();
