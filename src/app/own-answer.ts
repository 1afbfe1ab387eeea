/** Whether a server of Guichet answers on a port of this machine. @param host the address that it listens on; undefined for all */
export async function answersAsWeDo(host: string | undefined, port: number): Promise<boolean> {
  const address = host === undefined || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const answer = await fetch(`http://${address.includes(':') ? `[${address}]` : address}:${port}/metrics`, {
      signal: AbortSignal.timeout(2_000),
    });
    return (await answer.text()).includes('graphql_operations_total');
  } catch {
    return false;
  }
}
