-- A message whose job somebody took off the queue does not wait for ever: it is cancelled with it.
alter table messages
    drop constraint messages_state_check,
    add constraint messages_state_check check (state in ('waiting', 'sent', 'failed', 'dropped', 'cancelled'));

update messages set state = 'cancelled'
from jobs
where jobs.kind = 'message' and jobs.subject_id = messages.id and jobs.state = 'cancelled' and messages.state = 'waiting';
