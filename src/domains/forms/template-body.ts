// The body of a template, as the flow, the designer and the answers share it.
export type {
  Approver,
  Audience,
  Cc,
  Comparison,
  Condition,
  FieldCondition,
  FieldDefinition,
  FieldOption,
  Flow,
  Step,
  TemplateBody,
  TemplateField,
} from '@guichet/forms';
