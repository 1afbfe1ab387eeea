/**
 * Command-line settings of the server, given at every start, so that they follow the program and not the cluster's age.
 * @param port TCP port on 127.0.0.1
 * @param durable false gives up crash safety for speed: tests only
 */
export function serverArguments(port: number, durable: boolean): string[] {
  const onOff = durable ? 'on' : 'off';
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    shared_buffers: '128MB',
    max_connections: 200,
    // A failing statement is told to the caller; in the log it would leave phone numbers and names behind.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    fsync: onOff,
    synchronous_commit: onOff,
    full_page_writes: onOff,
    autovacuum: onOff,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
