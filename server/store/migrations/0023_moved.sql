-- The day off that was asked for as a deadline; it is due on the working day after it.
ALTER TABLE tasks ADD COLUMN moved_from TEXT;
UPDATE tasks SET moved_from = (
    SELECT coalesce(json_extract(what, '$.duty.moved_from'),
                    json_extract(what, '$.decision.duty.moved_from'))
    FROM order_events
    WHERE order_events.order_id = tasks.order_id AND order_events.seq = tasks.seq);
