import type { FieldDefinition } from '@guichet/forms';
import type { Language } from '../language/language.ts';

export type {
  FieldDefinition,
  FieldOption,
  GivenLocation,
  GivenMoney,
  GivenValue,
  ReportFault,
  StoredValue,
  StoredValues,
  Taking,
} from '@guichet/forms';
export type FieldSetting = Exclude<keyof FieldDefinition, 'id' | 'name' | 'label' | 'kind' | 'required'>;

/** What values refer to, as it is shown; what the reader may not know of is undefined. */
export interface Shown {
  readonly language: Language;
  employee?(id: string): string | undefined;
  file?(id: string): string | undefined;
}
