alter table "staff_syncs" add "supervisions_made" integer null, add "supervisions_ended" integer null, add "rights_ended" integer null;
