import { Counter, Histogram, type Registry } from 'prom-client';

/**
 * Told of each use case that has ended.
 * @param outcome `done`, the refusal's code, or that of the error
 * @param statements that it sent; undefined where it opened no transaction of its own
 */
export type ObserveUseCase = (mutation: string, outcome: string, seconds: number, statements: number | undefined) => void;

/** Mutations and codes are those of the schema: their number is bounded. */
export function createUseCaseMetrics(registry: Registry): ObserveUseCase {
  const registers = [registry];
  const outcomes = new Counter({
    name: 'guichet_use_cases_total',
    help: 'Use cases by mutation and outcome: done, refused with a code, or failed with one.',
    labelNames: ['mutation', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'guichet_use_case_seconds',
    help: 'Time of a use case, from its beginning to its commit or rollback.',
    labelNames: ['mutation'],
    buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const statementCounts = new Histogram({
    name: 'guichet_use_case_statements',
    help: 'Statements that a use case sent.',
    buckets: [2, 5, 10, 15, 20, 30, 50, 100, 300],
    registers,
  });
  return (mutation, outcome, seconds, statements) => {
    outcomes.labels(mutation, outcome).inc();
    durations.labels(mutation).observe(seconds);
    if (statements !== undefined) statementCounts.observe(statements);
  };
}
