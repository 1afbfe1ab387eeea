import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { BROWSER, NO_BROWSER, openBrowser } from '../../support/browser.ts';
import { ACCEPT, APPLICATIONS, Messages, makeLink } from './joining.fixture.ts';

const messages = new Messages();
let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  if (!BROWSER) return;
  server = await startTestServer({ sms: messages });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Pictures are kept where somebody wants to look at them. */
const { SCREENSHOTS } = process.env;
const picture = async (page: Page, name: string): Promise<void> => {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
};
/** A phone of 360 points, with scripts switched off as some scanners do. */
const visitor = async (locale: string, more: object = {}): Promise<Page> => {
  const context = await browser.newContext({
    locale,
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    javaScriptEnabled: false,
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
};
const isTooWide = async (page: Page): Promise<boolean> => {
  const box = await page.locator('main').boundingBox();
  const card = await page.locator('.card').boundingBox();
  return box!.width > 360 || card!.x + card!.width > 360;
};

const LANGUAGES = [
  [
    'en-US',
    {
      name: 'Your name',
      phone: 'Mobile number',
      message: 'Message',
      send: 'Send me a code',
      code: 'Code',
      apply: 'Apply',
      done: 'Your application is on its way',
      wrong: 'This code is wrong',
    },
  ],
  [
    'zh-CN',
    {
      name: '姓名',
      phone: '手机号码',
      message: '留言',
      send: '获取验证码',
      code: '验证码',
      apply: '提交申请',
      done: '申请已提交',
      wrong: '验证码错误',
    },
  ],
] as const;

describe.skipIf(!BROWSER)(BROWSER ? 'the page of a link in a browser (spec 5.6)' : NO_BROWSER, () => {
  it.each(LANGUAGES)('from the scan to the acceptance, in %s', async (locale, words) => {
    const own = await server.organization({ name: locale === 'zh-CN' ? '清河工具有限公司' : 'Qinghe Tools' });
    await own.admin.does('mutation ($input: UpdateServiceWindowInput!) { updateServiceWindow(input: $input) { __typename } }', {
      input: {
        expectedVersion: 1,
        welcome: locale === 'zh-CN' ? '您好！在这里可以下单和报修。' : 'Good day! Order tools and ask for repairs here.',
      },
    });
    const { url } = await makeLink(own.owner, { tagIds: [own.tagIds[0]] });
    const page = await visitor(locale);
    expect((await page.goto(url))!.status()).toBe(200);
    expect(await isTooWide(page)).toBe(false);
    await picture(page, `${locale}-1-details`);
    const phone = newPhone();
    await page.getByLabel(words.name).fill('');
    await page.getByRole('button', { name: words.send }).click();
    await expect.poll(() => page.locator('[aria-invalid]').count()).toBe(2);
    await picture(page, `${locale}-2-faults`);
    await page.getByLabel(words.name).fill('Hu Yan <b>&"\'');
    await page.getByLabel(words.phone).fill(phone);
    await page.getByLabel(words.message).fill('We met at the fair.\nThe blue stand.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the keyboard is enough
    await page.getByLabel(words.code, { exact: true }).waitFor();
    await picture(page, `${locale}-3-code`);
    await page.getByLabel(words.code, { exact: true }).fill('12');
    await page.getByRole('button', { name: words.apply }).click();
    await page.getByText(words.wrong).waitFor();
    await picture(page, `${locale}-4-wrong-code`);
    await server.runtime.door.texts.settled();
    await page.getByLabel(words.code, { exact: true }).fill(messages.code(phone)!);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.done }).waitFor();
    await picture(page, `${locale}-5-done`);
    const { nodes } = (await own.admin.query(APPLICATIONS, {})).joinApplications;
    expect(nodes).toMatchObject([{ name: 'Hu Yan <b>&"\'', phone, phoneProven: true, message: 'We met at the fair.\nThe blue stand.' }]);
    await own.admin.does(ACCEPT, { input: { applicationIds: [nodes[0].id] } });
    expect((await (await server.seat(phone)).query('{ serviceWindow { welcome } }')).serviceWindow.welcome).toBeTruthy();
    await page.context().close();
  });

  it('in the dark, wide, and where there is nothing', async () => {
    const own = await server.organization({ name: 'A very long name of a company that does not end before the line does GmbH & Co. KG' });
    const { url, id } = await makeLink(own.owner);
    const page = await visitor('en', { colorScheme: 'dark' });
    await page.goto(url);
    expect(await isTooWide(page)).toBe(false);
    await picture(page, 'dark');
    await own.owner.does('mutation ($input: RevokeWindowLinkInput!) { revokeWindowLink(input: $input) { __typename } }', {
      input: { linkId: id },
    });
    expect((await page.goto(url))!.status()).toBe(410);
    await picture(page, 'ended');
    const wide = await visitor('zh-CN', { viewport: { width: 1280, height: 800 } });
    await wide.goto(`${server.url}/join/nothing`);
    await picture(wide, 'unknown-wide');
    for (const one of [page, wide]) await one.context().close();
  });
});
