import { describe, expect, it } from 'vitest';
import { callerAddress, trustedProxies } from '../../../src/platform/server/caller.address.ts';

const trusted = trustedProxies(['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '::1']);

describe('the address of a caller', () => {
  it.each<[string, string, string | undefined, string]>([
    ['is the connection’s without a header', '10.0.0.1', undefined, '10.0.0.1'],
    ['is the connection’s where that is no proxy', '203.0.113.1', '198.51.100.1', '203.0.113.1'],
    ['is the connection’s where the network is next to a trusted one', '11.0.0.1', '198.51.100.1', '11.0.0.1'],
    ['is what a proxy passes on', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['is what a proxy of one address passes on', '192.0.2.1', '198.51.100.1', '198.51.100.1'],
    ['is not what its neighbour passes on', '192.0.2.2', '198.51.100.1', '192.0.2.2'],
    ['is what a proxy passes on that a socket of both families knows', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['is what a proxy of IPv6 passes on', 'fd12::1', '2001:db8::7', '2001:db8::7'],
    ['is the last that no proxy has passed on', '10.0.0.1', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    ['is behind proxies behind proxies', '10.0.0.1', '6.6.6.6, 198.51.100.1, fd00::2, 10.0.0.2', '198.51.100.1'],
    ['is the first proxy’s where all are', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['may have a port', '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['may have brackets', '10.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['may be mapped', '10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
    ['is the proxy’s where what it passes on cannot be read', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['is the proxy’s where it passes nothing on', '10.0.0.1', ' , ', '10.0.0.1'],
    ['is that of the proxy before what cannot be read', '10.0.0.1', '198.51.100.1, _hidden, 10.0.0.2', '10.0.0.2'],
    ['is not in more hops than there are proxies', '10.0.0.1', `198.51.100.1${', 10.0.0.2'.repeat(10)}`, '10.0.0.2'],
    ['is nothing where there is no connection', '', '198.51.100.1', ''],
  ])('%s', (_, connection, forwarded, expected) => {
    expect(callerAddress(connection, forwarded, trusted)).toBe(expected);
  });

  it('is the connection’s where nobody is trusted', () => {
    for (const address of ['10.0.0.1', '127.0.0.1', '::1'])
      expect(callerAddress(address, '198.51.100.1', trustedProxies([]))).toBe(address);
  });
  it('is read from networks alone', () => {
    for (const network of ['10.0.0.0/33', 'proxy', '10.0.0', '', '10.0.0.0/-1', '::/129', '10.0.0.0/8/8'])
      expect(() => trustedProxies([network])).toThrow(/is no address and no network/);
  });
});
