import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inLanguage } from '../../src/platform/schema/message.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

// What is wrong with an input is told in the language of whoever sent it.

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const product = async (): Promise<string> => (await own.customer.query('{ products(first: 1) { nodes { id } } }')).products.nodes[0].id;
const ISSUES = '{ __typename ... on ValidationFailed { issues { code message } } }';
const CASES: readonly [string, 'admin' | 'owner' | 'customer', string, string, object | (() => Promise<object>)][] = [
  ['an empty name', 'owner', 'addContact', 'TOO_SHORT', async () => ({ name: ' ', phone: '+8613812345678', tagIds: [own.tagIds[0]] })],
  [
    'a long name',
    'owner',
    'addContact',
    'TOO_LONG',
    async () => ({ name: 'x'.repeat(300), phone: '+8613812345678', tagIds: [own.tagIds[0]] }),
  ],
  ['no phone', 'owner', 'addContact', 'NOT_A_PHONE', async () => ({ name: 'Zhu', phone: '12', tagIds: [own.tagIds[0]] })],
  [
    'no e-mail',
    'owner',
    'addContact',
    'NOT_AN_EMAIL',
    async () => ({ name: 'Zhu', phone: '+8613812345678', email: 'x', tagIds: [own.tagIds[0]] }),
  ],
  ['no product', 'customer', 'placeOrder', 'TOO_FEW', { lines: [] }],
  ['a quantity of none', 'customer', 'placeOrder', 'OUT_OF_RANGE', async () => ({ lines: [{ productId: await product(), quantity: 0 }] })],
  ['no currency', 'admin', 'addProduct', 'NOT_A_CURRENCY', { name: 'Saw', unit: 'piece', price: { amount: 1, currency: 'X' }, stock: 1 }],
  ['a plugin that is not there', 'admin', 'switchPlugin', 'UNKNOWN_PLUGIN', { plugin: 'nothing', enabled: true }],
  ['a setting that is not there', 'admin', 'updatePluginSettings', 'UNKNOWN_SETTING', { plugin: 'ordering', settings: { nothing: 1 } }],
  ['a setting of another type', 'admin', 'updatePluginSettings', 'INVALID_TYPE', { plugin: 'ordering', settings: { allowBackorder: 7 } }],
];

describe('an issue', () => {
  it.each(CASES)('%s is told in either language', async (_, who, mutation, code, given) => {
    const input = typeof given === 'function' ? await given() : given;
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const told = async (language: string): Promise<string> => {
      const query = `mutation ($input: ${type}) { ${mutation}(input: $input) ${ISSUES} }`;
      const { data, errors } = await own[who].ask(query, { input }, { 'accept-language': language });
      expect(errors).toEqual([]);
      return data[mutation].issues.find((issue: { code: string }) => issue.code === code).message;
    };
    expect(await told('zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(await told('en')).toMatch(/^[ -~’]+$/);
  });
});

describe('a value with messages in it', () => {
  const message = { en: 'No.', 'zh-CN': '不。' };
  it.each([
    [message, '不。'],
    [[{ path: ['a'], message }], [{ path: ['a'], message: '不。' }]],
    [{ en: 'No.' }, { en: 'No.' }],
    [
      { ...message, more: 1 },
      { en: 'No.', 'zh-CN': '不。', more: 1 },
    ],
    [null, null],
    ['No.', 'No.'],
  ])('is %j in one language', (value, told) => {
    expect(inLanguage(value, 'zh-CN')).toEqual(told);
  });
});
