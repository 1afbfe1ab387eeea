import { execute, type GraphQLSchema } from 'graphql';
import type { Language, ReadingAs, Seat } from '../sdk/index.ts';
import { type ContextParts, requestContext } from './context.ts';
import { ownDocument } from './own-document.ts';
import type { Schemas } from './schemas.ts';
import type { Seats } from './seats.ts';

type Parts = Pick<ContextParts, 'reads' | 'performer' | 'switchboard' | 'stopped' | 'patience' | 'now'> & { readonly schemas: Schemas };

/** The context of a seat that the server itself stands for, without a session. */
export function contextAs({ reads, performer, switchboard, stopped, patience, now }: Parts, seat: Seat, language: Language) {
  const follow = async (): Promise<never> => {
    throw new Error('Nothing is followed here.');
  };
  return requestContext(
    { reads, performer, switchboard, stopped, patience, now, forget: () => {}, reportFault: () => {}, follow },
    { signedIn: { token: '', sessionId: '', accountId: '', seat }, language, address: '' },
  );
}
export const schemaOf = ({ schemas }: Pick<Parts, 'schemas'>, { kind }: Seat): GraphQLSchema =>
  kind === 'EMPLOYEE' ? schemas.staff : schemas.portal;

/** Asks queries under the rules of a seat, without the network. @param parts the running server's, when it is put together */
export function readingAsOn(parts: () => Parts & { readonly seats: Pick<Seats, 'seatNow'> }): ReadingAs {
  return {
    seat: (organizationId, id, kind) => parts().seats.seatNow(organizationId, id, kind),
    async ask(seat, text, variableValues, language) {
      const schema = schemaOf(parts(), seat);
      const document = ownDocument(schema, text);
      const { data, errors = [] } = await execute({ schema, document, variableValues, contextValue: contextAs(parts(), seat, language) });
      const told = errors.map((error) => {
        // our own faults are the job's, which is tried again
        if (typeof error.extensions.code !== 'string') throw error.originalError ?? error;
        return { code: error.extensions.code, message: error.message };
      });
      return { data: data as never, errors: told };
    },
  };
}
