alter table "notification_deliveries" add "message_id" uuid null;
