import { Counter, Gauge, type Registry } from 'prom-client';

/**
 * A figure that the parts of the server keep anyway, read when somebody asks for it: it costs a request nothing.
 * @param label what tells the values apart; undefined for a single one, under the empty key
 */
export function readAtScrape(
  registry: Registry,
  type: 'counter' | 'gauge',
  name: string,
  help: string,
  label: string | undefined,
  read: () => Readonly<Record<string, number>>,
): void {
  const Metric = type === 'counter' ? Counter : Gauge;
  new Metric<string>({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [key, value] of Object.entries(read())) this.inc(label === undefined ? {} : { [label]: key }, value);
    },
  });
}
