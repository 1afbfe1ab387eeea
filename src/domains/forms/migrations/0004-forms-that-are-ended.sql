alter table "form_history" drop constraint "form_history_kind_check";
alter table "form_history" add constraint "form_history_kind_check" check (kind in ('SUBMITTED', 'CLAIMED', 'APPROVED', 'REJECTED', 'CONFIRMATION_ASKED', 'CONFIRMED', 'COMPLETED', 'REASSIGNED', 'ENDED'));
