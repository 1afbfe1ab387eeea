import type { Transaction } from '../database/transaction.ts';
import { UseCase, type UseCaseParts } from './use-case.ts';
import type { UseCaseRequest } from './use-case-request.ts';

/** Does all that makes a use case, to its end: what it has put off is done last. */
export async function inUseCase<T>(
  request: UseCaseRequest,
  transaction: Transaction,
  parts: UseCaseParts,
  work: (use: UseCase) => Promise<T>,
): Promise<T> {
  const use = new UseCase(request, transaction, parts);
  const done = await work(use);
  await use.finish();
  return done;
}
