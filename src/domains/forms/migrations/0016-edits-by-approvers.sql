alter table "form_history" drop constraint "form_history_kind_check";
alter table "form_history" add "changes" jsonb null;
alter table "form_history" add constraint "form_history_kind_check" check (kind in ('SUBMITTED', 'CLAIMED', 'APPROVED', 'REJECTED', 'RETURNED', 'RESUBMITTED', 'HANDED_OVER', 'APPROVER_ADDED', 'CONSULTED', 'ANSWERED', 'COMMENTED', 'COMMENTED_TO_CUSTOMER', 'REMINDED', 'CONFIRMATION_ASKED', 'CONFIRMED', 'CONFIRMED_ITSELF', 'DISPUTED', 'COMPLETED', 'WITHDRAWN', 'REASSIGNED', 'ESCALATED', 'VALUES_CHANGED', 'JUMPED', 'PAUSED', 'RESUMED', 'ENDED'));
alter table "business_forms" add "needs_confirmation" boolean not null default false;
