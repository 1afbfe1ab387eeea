import type { FieldNode } from 'graphql';
import type { Seat } from '../permissions/seat.ts';

/** All that a plan may depend on. */
export interface Inputs {
  readonly seat: Seat;
  /** Ids of the seats that a statement for a crowd is about; `seat` stands for all of them then. */
  readonly crowd?: readonly string[];
  readonly now: Date;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The value that the field belongs to, beneath payloads of mutations and subscriptions. */
  readonly source?: Readonly<Record<string, unknown>>;
  /** The nodes that select the field: where several do, which of them are included hangs on variables. */
  readonly nodes?: readonly FieldNode[];
  /** Whether fields of a plugin are left out, because it makes the statement fail. */
  readonly leavesOut?: (plugin: string) => boolean;
  /** Coerced arguments by field node: coerced once a request, however many parameters they feed. */
  readonly coerced: Map<object, Record<string, unknown>>;
}
export type Answer = string | number | boolean;
type Question = (inputs: Inputs) => Answer;

/**
 * Which plan fits this request? A plan depends on a few answers: is `$withTags` true, is there an `after`, is the seat an admin. The
 * planner asks and the questions are written down; all that it does not ask about becomes a parameter.
 */
export class Interview {
  readonly asked: { question: Question; answer: Answer }[] = [];
  readonly #answers = new Map<string, Answer>();
  readonly #inputs: Inputs;
  constructor(inputs: Inputs) {
    this.#inputs = inputs;
  }
  ask<T extends Answer>(key: string, question: (inputs: Inputs) => T): T {
    const known = this.#answers.get(key);
    if (known !== undefined) return known as T;
    const answer = question(this.#inputs);
    this.#answers.set(key, answer);
    this.asked.push({ question, answer });
    return answer;
  }
}

type Fork<Plan> = { readonly question: Question; readonly next: Map<Answer, Node<Plan>> };
type Node<Plan> = Fork<Plan> | { readonly plan: Plan };

/** Plans of one field, as a tree of questions: a request follows its own answers to the plan that was made for the same ones. */
export class PlanTree<Plan> {
  #root: Node<Plan> | undefined;
  #size = 0;
  readonly #limit: number;
  /** @param limit plans kept; a client that varies a document's shape without end starts the tree afresh. */
  constructor(limit = 32) {
    this.#limit = limit;
  }
  find(inputs: Inputs): Plan | undefined {
    let here = this.#root;
    while (here && 'question' in here) here = here.next.get(here.question(inputs));
    return here?.plan;
  }
  add({ asked }: Interview, plan: Plan): Plan {
    if (++this.#size > this.#limit) {
      this.#root = undefined;
      this.#size = 1;
    }
    let put = (node: Node<Plan>): void => {
      this.#root = node;
    };
    let here = this.#root;
    for (const { question, answer } of asked) {
      if (!here || 'plan' in here) {
        here = { question, next: new Map() };
        put(here);
      }
      const fork = here;
      put = (node) => void fork.next.set(answer, node);
      here = fork.next.get(answer);
    }
    put({ plan });
    return plan;
  }
}
