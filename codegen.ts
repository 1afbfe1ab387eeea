import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents of the two example front ends in `tests/front-end/`: what a front end's own set-up looks like. */
const surface = (schema: string, documents: string, into: string): CodegenConfig['generates'] => ({
  [into]: {
    schema,
    documents,
    preset: 'client',
    presetConfig: { fragmentMasking: false },
    config: {
      documentMode: 'string',
      useTypeImports: true,
      strictScalars: true,
      scalars: {
        Cursor: 'string',
        Date: 'string',
        DateTime: 'string',
        Decimal: { input: 'number | string', output: 'number' },
        EventCursor: 'string',
        Int53: 'number',
        JSON: 'unknown',
        PhoneNumber: 'string',
        URL: 'string',
      },
    },
  },
});

export default {
  importExtension: '.ts',
  silent: true,
  generates: {
    ...surface('schema.graphql', 'tests/front-end/back-office.documents.ts', 'tests/front-end/generated/back-office/'),
    ...surface('schema.portal.graphql', 'tests/front-end/portal.documents.ts', 'tests/front-end/generated/portal/'),
  },
} satisfies CodegenConfig;
