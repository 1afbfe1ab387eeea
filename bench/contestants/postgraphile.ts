import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { connections, databaseUrl, listenAndTell, seatOf } from './contestant.ts';

// PostGraphile as its documentation has it: row security by settings of each request, everything else from the catalogue.
const preset: GraphileConfig.Preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: databaseUrl, schemas: ['public', 'plg_ordering'], poolConfig: { max: connections } })],
  grafast: {
    context: (context) => {
      const seat = seatOf(context.node?.req?.headers);
      return {
        pgSettings: { role: 'bench_postgraphile', 'guichet.organization': seat?.organizationId ?? '', 'bench.seat': seat?.id ?? '' },
      };
    },
  },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  schema: { defaultBehavior: '+connection -list -totalCount' },
};
const serv = postgraphile(preset).createServ(grafserv);
const server = createServer();
server.on('error', (error) => {
  throw error;
});
await serv.addTo(server);
listenAndTell(server);
