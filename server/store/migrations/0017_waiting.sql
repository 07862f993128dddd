-- What home pages ask of meetings: how far the minutes are, and who has answered.
ALTER TABLE meetings ADD COLUMN paper TEXT NOT NULL DEFAULT 'none'
    CHECK (paper IN ('none', 'draft', 'approved', 'amending'));
UPDATE meetings SET paper = coalesce(
    (SELECT CASE json_extract(what, '$.kind')
                WHEN 'minutes_written' THEN 'draft'
                WHEN 'minutes_approved' THEN 'approved'
                ELSE 'amending' END
     FROM meeting_events
     WHERE meeting_events.meeting = meetings.id
       AND json_extract(what, '$.kind') IN
           ('minutes_written', 'minutes_approved', 'minutes_amended')
     ORDER BY seq DESC LIMIT 1), 'none');
CREATE INDEX meetings_with_paper ON meetings (paper, chair) WHERE state = 'ended';

ALTER TABLE meeting_guests ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
UPDATE meeting_guests SET answered = EXISTS (
    SELECT 1 FROM meeting_events
    WHERE meeting_events.meeting = meeting_guests.meeting
      AND json_extract(what, '$.kind') = 'answered'
      AND json_extract(what, '$.guest.guest') || ':' || json_extract(what, '$.guest.who')
          = meeting_guests.guest);
