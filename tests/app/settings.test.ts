import { describe, expect, it } from 'vitest';
import { hostOf, readSettings, settingLines } from '../../src/app/settings.ts';

const faultsOf = (variables: Record<string, string>): string => {
  try {
    readSettings(variables);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('settings', () => {
  it('have their defaults, also where a variable is empty', () => {
    const defaults = {
      port: 4000,
      host: undefined,
      databaseUrl: undefined,
      dataDir: undefined,
      poolSize: 10,
      demo: undefined,
      isProduction: false,
      secret: undefined,
      allowedOrigins: [],
      trustedProxies: [],
      writesPerMinute: 600,
      codeLimits: { perPhone: 10, perAddress: 20 },
      joinLimits: { perPhone: 5, perAddress: 200, perLink: 200, unknownPerAddress: 100 },
      jobs: 2,
      smsSender: undefined,
      smsWebhook: undefined,
      channels: { smtp: undefined, webhook: undefined, others: [], inboxUrl: undefined },
      traces: false,
      watchdogSeconds: 10,
      logLevel: 'info',
      persisted: { known: new Map(), only: false, automatic: false },
    };
    expect(readSettings({})).toEqual(defaults);
    expect(readSettings({ PORT: '', HOST: '', DATA_DIR: '', DEMO: '', DATABASE_URL: '', ALLOWED_ORIGINS: '' })).toEqual(defaults);
  });

  it('take what is given', () => {
    const url = 'postgresql://guichet:p%40ss@db.example:6432/guichet?sslmode=require';
    expect(
      readSettings({
        PORT: '0',
        HOST: '::1',
        DATABASE_URL: url,
        ALLOWED_ORIGINS: 'https://app.example, http://localhost:5173,',
        TRUSTED_PROXIES: '10.0.0.7, 10.1.0.0/16,fd00::/8,',
        WRITES_PER_MINUTE: '0',
        CODES_PER_ADDRESS: '300',
        JOINS_PER_PHONE: '7',
        JOINS_PER_LINK: '900',
        GUICHET_SECRET: 'x'.repeat(32),
      }),
    ).toMatchObject({
      port: 0,
      host: '::1',
      databaseUrl: url,
      allowedOrigins: ['https://app.example', 'http://localhost:5173'],
      trustedProxies: ['10.0.0.7', '10.1.0.0/16', 'fd00::/8'],
      writesPerMinute: 0,
      codeLimits: { perPhone: 10, perAddress: 300 },
      joinLimits: { perPhone: 7, perAddress: 200, perLink: 900, unknownPerAddress: 100 },
      secret: 'x'.repeat(32),
    });
  });

  it.each([
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1, 10.0.0'],
    ['TRUSTED_PROXIES', 'fd00::/129'],
    ['TRUSTED_PROXIES', '*'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '0x10'],
    ['PORT', 'four thousand'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', 'localhost'],
    ['DATABASE_URL', 'postgres://a:b@[::1/x'],
    ['DATABASE_POOL', '1'],
    ['DEMO', 'yes'],
    ['GUICHET_SECRET', 'short'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://shop.example/path'],
    ['ALLOWED_ORIGINS', 'shop.example'],
    ['SMS_SENDER', 'The Pigeon'],
    ['SMS_WEBHOOK_URL', 'ftp://sms.example'],
    ['SMS_WEBHOOK_URL', 'https://user:secret@sms.example'],
    ['SMS_WEBHOOK_SECRET', 'short'],
    ['NOTIFY_WEBHOOK_SECRET', 'short'],
    ['NOTIFY_BY', 'SMS,PIGEON'],
    ['INBOX_URL', 'javascript:alert(1)'],
    ['PORTAL_URL', 'javascript:alert(1)'],
    ['WRITES_PER_MINUTE', '-5'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['LOG_LEVEL', 'verbose'],
  ])('refuse %s=%s by name, and do not repeat the value', (name, value) => {
    const message = faultsOf({ [name]: value });
    expect(message).toMatch(new RegExp(`^The settings are not right:\n  ${name}: `));
    expect(message.split('\n')).toHaveLength(2);
    if (value.length > 5) expect(message).not.toContain(value);
  });

  it('tell all faults at once', () => {
    const message = faultsOf({ PORT: 'x', LOG_LEVEL: 'x', DEMO: '1', NODE_ENV: 'production' });
    expect(message.match(/^ {2}\w+/gm)).toEqual(['  PORT', '  LOG_LEVEL', '  DEMO']);
  });

  it('have a line of help each', () => {
    expect(settingLines().join('\n')).not.toMatch(/undefined/);
    expect(settingLines()[0]).toMatch(/^ {2}PORT +\w/);
  });
});

describe('who sends text messages', () => {
  const url = 'https://sms.example/guichet?to=us';
  const secret = 'x'.repeat(32);
  it.each([
    [{}, undefined, undefined],
    [{ SMS_SENDER: 'terminal' }, 'terminal', undefined],
    [{ SMS_SENDER: 'carrier', NODE_ENV: 'production' }, 'carrier', undefined],
    [{ SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret }, 'webhook', { url, secret }],
    [{ SMS_SENDER: 'terminal', SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret }, 'terminal', { url, secret }],
  ])('with %j: %j', (variables: Record<string, string>, smsSender, smsWebhook) => {
    expect(readSettings(variables)).toMatchObject({ smsSender, smsWebhook });
  });

  it.each([
    [{ SMS_SENDER: 'terminal', NODE_ENV: 'production' }, 'SMS_SENDER: terminal is refused with NODE_ENV=production'],
    [{ SMS_SENDER: 'webhook' }, 'SMS_WEBHOOK_URL: the webhook needs it'],
    [{ SMTP_URL: 'smtp://mail.example' }, 'SMTP_FROM: SMTP_URL needs it'],
    [{ NOTIFY_WEBHOOK_URL: url }, 'NOTIFY_WEBHOOK_SECRET: NOTIFY_WEBHOOK_URL needs it'],
    [{ SMS_WEBHOOK_URL: url }, 'SMS_WEBHOOK_SECRET: the webhook needs it'],
  ])('%j is refused', (variables: Record<string, string>, fault) => {
    expect(faultsOf(variables)).toContain(fault);
  });
});

describe('a demo', () => {
  it.each([
    [{}, undefined],
    [{ DEMO: '0' }, false],
    [{ DEMO: '1' }, true],
    [{ DATABASE_URL: 'postgres://x/y' }, false],
    [{ DATABASE_URL: 'postgres://x/y', DEMO: '1' }, true],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'development' }, undefined],
  ])('with %j: %j', (variables, demo) => {
    expect(readSettings(variables).demo).toBe(demo);
  });

  it('is refused in production', () => {
    expect(faultsOf({ DEMO: '1', NODE_ENV: 'production' })).toContain('DEMO');
    expect(faultsOf({ DEMO: '0', NODE_ENV: 'production' })).toBe('');
  });

  it.each([
    [undefined, true, '127.0.0.1'],
    [undefined, false, '0.0.0.0'],
    ['192.0.2.7', true, '192.0.2.7'],
    ['127.0.0.1', false, '127.0.0.1'],
  ])('HOST %s, demo %j: listens on %s', (host, demo, address) => {
    expect(hostOf({ ...readSettings({}), host }, demo)).toBe(address);
  });
});
