import { openData, openRequests, openSeats } from '../data.ts';
import { guichetDialect } from '../dialect-guichet.ts';
import { Client, type Prepared, prepare } from '../load.ts';
import type { BenchSeat, Request } from '../operations.ts';
import { openServer } from '../postgres.ts';
import { startContestant } from '../processes.ts';
import { benchSize } from '../sizes.ts';
import { COSTLY_DOCUMENTS } from './costly-documents.ts';
import { type Asking, askInTurn, askWithPauses, watchReadiness } from './fair-load.ts';

const POOL = 10;
const ORDINARY = { staff: 14, team: 4, department: 2 };
const GREEDY = { staff: 1, company: 1 };
const IN_FLIGHT = 12;
/** An ordinary seat asks, reads for so long, and asks again. */
const PAUSE_MS = 250;
const WHOLE_MS = 20_000;
const QUICK_MS = 8_000;

/** `{ staff: { p99: 2.4, refused: 0, unready: 0 }, … }`, by the kind of the greedy seat; p99 is that beside it divided by that without. */
export type Fairness = Record<string, { p99: number; refused: number; unready: number }>;

/** FAIR: one seat with the costliest documents that are known, twelve in flight, beside twenty ordinary ones. */
export async function measureFairness({ quick, say }: { quick: boolean; say(line: string): void }): Promise<Fairness> {
  const ms = quick ? QUICK_MS : WHOLE_MS;
  const server = await openServer(say);
  const data = await openData(server.url, benchSize(quick ? 'medium' : 'large'), say);
  try {
    const ordinary = await openSeats(data.url, ORDINARY);
    const greedy = await openSeats(data.url, GREEDY);
    const { port, stop } = await startContestant('guichet', data.url, POOL);
    const client = new Client(port);
    try {
      const asked = await ordinaryRequests(data.url, ordinary);
      await askWithPauses(client, asked, { pauseMs: 0, ms: ms / 4 }); // every connection has prepared its statements
      const quiet = await askWithPauses(client, asked, { pauseMs: PAUSE_MS, ms });
      print('nobody', quiet, undefined, say);
      const report: Fairness = {};
      for (const seat of greedy) report[seat.kind] = await besides(seat, { client, port, asked, quiet, ms, say });
      return report;
    } finally {
      client.close();
      await stop();
    }
  } finally {
    await data.drop();
    await server.stop();
  }
}

interface Beside {
  readonly client: Client;
  readonly port: number;
  readonly asked: readonly (readonly Prepared[])[];
  readonly quiet: Asking;
  readonly ms: number;
  say(line: string): void;
}
async function besides(seat: BenchSeat, { client, port, asked, quiet, ms, say }: Beside): Promise<Fairness[string]> {
  const documents = COSTLY_DOCUMENTS.map((document) => ({ name: document.name, prepared: prepare(document, headersOf(seat)) }));
  const [beside, costly, unready] = await Promise.all([
    askWithPauses(client, asked, { pauseMs: PAUSE_MS, ms }),
    askInTurn(client, documents, { inFlight: IN_FLIGHT, ms }),
    watchReadiness(port, ms),
  ]);
  print(`beside ${seat.kind}`, beside, quiet, say);
  for (const { name, answered, refused, p50 } of costly)
    say(`  ${name.padEnd(52)} ${String(answered).padStart(5)} answered ${String(refused).padStart(4)} refused, ${p50.toFixed(0)} ms`);
  say(`  /readyz was not 200: ${unready} times`);
  return { p99: Math.round((beside.p99 / quiet.p99) * 100) / 100, refused: beside.refused, unready };
}

const headersOf = ({ token }: BenchSeat): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** What each of the ordinary seats asks in turn: pages, one contact, the inbox, a search. */
async function ordinaryRequests(url: string, seats: readonly BenchSeat[]): Promise<readonly (readonly Prepared[])[]> {
  const { Q1, Q2, Q3, Q5 } = await openRequests(url, seats);
  const of = (seat: BenchSeat) => (request: Request) => request.seat === seat;
  return seats.map((seat) => [Q1, Q2, Q3, Q5].map((requests) => prepare(guichetDialect.ask(requests!.find(of(seat))!), headersOf(seat))));
}

function print(name: string, { p50, p99, answered, refused }: Asking, quiet: Asking | undefined, say: (line: string) => void): void {
  const ratio = quiet ? `, ${(p99 / quiet.p99).toFixed(2)} times the p99 of a quiet server` : '';
  say(`20 seats ${name}: ${answered} answered, ${refused} refused, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${ratio}`);
}
