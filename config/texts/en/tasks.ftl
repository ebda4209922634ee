# Tasks, reminders and the morning digest.

command-assign = Give out work: @people WHAT, due Friday 16h
command-tasks = My tasks, the group's, overdue ones
command-task = One task with its history: /task 12
command-edit = Change a task: /edit 12 hạn 30/11
command-extend = More time, given or asked for: /extend 12 thứ 2
command-cancel = Cancel a task: /cancel 12
command-remind = Add a reminder: /remind 12 9h mai
command-undo = Take back what you just did (10 minutes)
help-assign = Example: /assign @an @binh Report the figures, hạn thứ 6 16h. The first person leads, the others support. The whole office: /assign everybody WHAT. Several tasks: a line each, beginning with "-". Recurring: hạn 16h thứ 6 hằng tuần. Reply to a message or file with /assign to attach it.
help-tasks = /tasks: mine. /tasks group: everybody's. /tasks overdue: what is late. By deadline: /tasks today, /tasks group this week. Of one person: /tasks @binh this week.
help-edit = Example: /edit 12 hạn 16h thứ 6, or /edit 12 New title. Who works on it: /edit 12 add @an, /edit 12 remove @an.
help-extend = For example: /extend 12 thứ 2, or /extend 12 thêm 2 ngày. Leader and deputy give more time; who works on it asks for it, and they answer.
help-remind = Example: /remind 12 9h mai; /remind 12 alone asks when, with buttons. A leader reminds those who work on it; others remind themselves.

task-what = Add what is to be done. Example: /assign @binh Report the figures, hạn thứ 6 16h
task-too-many = At most { $limit } tasks at once. Please send them in several messages.
task-given = { $count } given out; the cards are in the group.
task-ask-who = Who gets it: { $title }
    Press a name, or answer @name (the first leads).
task-ask-everybody = Give to { $count } people: { $title }
    { $names }. The first one leads.
task-ask-everybody-due = { $title }, due { $when }
task-everybody-more = and { $count } more
task-everybody-yes = Give to { $count } people
task-everybody-no = Do not give
task-everybody-left = Nothing was given out. To some people only: /assign @name WHAT, hạn …
task-everybody-none = The group has no other member to give it to. Invite people: /invite
task-ask-deadline = When is "{ $title }" due?
task-ask-which = When is "{ $said }"?
task-ask-impossible = There is no such day as "{ $said }". When is "{ $title }" due?
task-ask-past = "{ $said }" has passed. When is "{ $title }" due?
task-ask-weekday = "{ $said }": weekday and date disagree. When is it really due?
task-no-deadline = No deadline
task-answer-unclear = The deadline of "{ $title }" is not clear. Answer like: chiều mai, or 16h thứ 6. For other work: /assign
task-deadline-impossible = There is no such day as "{ $said }". Write it again, e.g. hạn 30/11
task-deadline-unclear = "{ $said }" is not clear. Write day and hour, e.g. hạn 16h 27/11/2026

task-urgency-urgent = URGENT
task-urgency-very-urgent = VERY URGENT
task-urgency-express = EXPRESS
task-line-deadline = Due: { $when }
task-line-no-deadline = Due: not set
task-line-overdue = overdue
task-line-lead = Lead: { $names }
task-line-support = Support: { $names }
task-line-unreachable = Private chat not opened yet: { $names }
task-line-letter = Letter: { $letter }
task-line-repeats = Recurring
task-line-day-off = Falls on a day off; better done before, on { $day }.
task-line-wanted = Extension wanted until { $when }
task-hand-given = not yet accepted
task-hand-accepted = accepted
task-hand-declined = declined
task-state-reported = Reported done, waits for approval
task-state-done = Done
task-state-cancelled = Cancelled

task-button-accept = Accept
task-button-decline = Decline
task-button-report = Done
task-button-extend = More time
task-button-hand = Hand over
task-button-approve = Approve
task-button-return = Return
task-button-grant = Agree
task-button-deny = No

task-unknown = There is no such task. Send /tasks to see them.
task-unknown-number = The group has no task #{ $number }. Send /tasks all to see them.
task-which-number = Write the task's number after the command, e.g. /{ $command } 12
task-edit-what = Write what is to change, e.g. /edit { $number } hạn 30/11
task-extend-what = Write the new deadline after the number of the task, for example: /extend { $number } thứ 2, or /extend { $number } thêm 2 ngày
task-refuse-closed = Task #{ $number } is closed. See it: /task { $number }
task-refuse-leader-decides = Task #{ $number }: the leader or a deputy decides this.
task-refuse-not-reported = Task #{ $number } has not been reported done.
task-refuse-no-extension = Task #{ $number } has no extension waiting.
task-refuse-not-yours = Task #{ $number } is somebody else's.
task-refuse-accepted-already = You accepted task #{ $number } already.
task-refuse-reported-already = Task #{ $number } is reported done and waits for approval.
task-refuse-declined-before = You declined task #{ $number }. Choose Accept to take it after all.
task-refuse-lead-reports = Task #{ $number } is reported done by its lead.
task-refuse-extension-waits = Task #{ $number } has an extension waiting for an answer.
task-reply-unclear = It is not clear what is meant for task #{ $number }. Answer: accepted, done, more time until Monday, or press a button.

task-accepted = Accepted #{ $number }
task-ask-reason = Why is task #{ $number } declined? Answer in a sentence.
task-declined = Task #{ $number } declined; who gave it is told.
task-told-declined = { $name } declines task #{ $number }: { $reason }
    To give it anew: reply /assign @person.
task-reported = Reported #{ $number } done
task-told-reported = { $name } reports task #{ $number } done: { $title }
task-told-evidence = With the file: { $file }
task-approved = Approved #{ $number }
task-decided-approved = Task #{ $number }: approved by { $name }.
task-told-approved = Task #{ $number } is approved. Thank you.
task-ask-return-why = Returning task #{ $number }: what is missing? Answer in a sentence.
task-decided-returned = Task #{ $number }: returned by { $name }.
task-told-returned = Task #{ $number } is returned: { $reason }
    Due: { $when }. Mend it and choose Done.
task-ask-until = Until when should task #{ $number } be extended? Press or answer, e.g. 16h thứ 2
task-extension-not-later = Task #{ $number }: the new deadline must lie after the present one.
task-extension-asked = The extension of task #{ $number } has been asked for.
task-told-extension = { $name } asks to extend task #{ $number } until { $when }.
task-granted = Extension of #{ $number } granted
task-decided-granted = Task #{ $number }: extension granted by { $name }.
task-told-granted = Task #{ $number } is extended until { $when }.
task-denied = Answered no for #{ $number }
task-decided-denied = Task #{ $number }: extension denied by { $name }.
task-told-denied = Task #{ $number } keeps its deadline: { $when }.
task-ask-hand-to = Who takes task #{ $number }? Press a name or answer @name.
task-ask-hand-how = How does task #{ $number } go to { $name }?
task-hand-moves = Hand over (the responsibility too)
task-hand-stays = Share (I stay responsible)
task-handed-over = Task #{ $number } handed over to { $name }.
task-shared = Task #{ $number } shared with { $name }.
task-told-handed = { $name } passes task #{ $number } to { $to }.
task-staffed = Who works on task #{ $number } has changed: { $names }. The first leads.
task-staffed-already = { $name } works on task #{ $number } already. To give it to somebody else: /edit { $number } @name
task-staffed-not-there = { $name } does not work on task #{ $number }. Who does: /task { $number }
task-staffed-nobody = Nobody would be left on task #{ $number }. Please add somebody in the same message: /edit { $number } remove @name, add @name
task-told-off = { $name } has taken you off task #{ $number }: { $title }
    You need not go on with it.
task-told-lead = You lead task #{ $number } from now on: { $title }
history-task-staffed = changed who works on it
task-edited = Task #{ $number } changed: { $title }
    Due: { $when }
task-told-edited = { $name } changed task #{ $number }: { $title }
    Due: { $when }
task-ask-cancel = Task #{ $number } is recurring. Cancel what?
task-cancel-one = Only this time
task-cancel-all = All further times too
task-cancelled = Task #{ $number } cancelled.
task-told-cancelled = { $name } cancelled task #{ $number }: { $title } ({ $when })

task-list-mine = Mine
task-list-group = The group's
task-list-overdue = Overdue
task-list-mine-of = My tasks, { $group }
task-list-group-of = Tasks of { $group }
task-list-overdue-of = Overdue, { $group }
task-list-empty-mine = You have no tasks. The whole group's: /tasks group
task-list-empty-group = No tasks. Give one out: /assign @person WHAT, hạn …
task-list-due = { $list }, due { $days }
task-list-empty-days = Nothing is due in these days. The whole group's: /tasks group
task-list-empty-person = This person has no tasks. The whole group's: /tasks group
task-list-empty-overdue = Nothing is overdue. The whole group's: /tasks group
task-short-no-deadline = no deadline
task-history = History:
task-history-more = … and { $count } before
page-back = ‹ Back
page-on = Next ›

undo-nothing = Nothing you did lately can be taken back.
undo-too-late = Ten minutes have passed. Use /edit or /cancel instead.
undo-acted-since = Somebody has acted on task #{ $number } since, so it cannot be taken back.
undo-done = Taken back: { $what } (task #{ $number }).

remind-when = Write when, e.g. /remind { $number } 9h mai
remind-ask = Remind of task #{ $number } when? Choose, or send another time, like: 9h mai
remind-afternoon = This afternoon: { $when }
remind-morning = Next working morning: { $when }
remind-before = 2 hours before the deadline: { $when }
remind-added = A reminder of task #{ $number } comes at { $when }.
reminder-one = Reminder of task #{ $number }: due { $when }
reminder-overdue = Task #{ $number } is due: { $when }
reminder-many = { $count } reminders, { $group }
reminder-more = … and { $count } more, see /tasks
reminder-late = (late: the system has just come back)

digest-head = Morning brief, { $group }
digest-letter = Arrival no. { $number }
digest-own-head = Your tasks, { $group }
digest-overdue = Overdue ({ $count }):
digest-today = Due today ({ $count }):
digest-soon = In the next three days ({ $count }):
digest-escalated = Others, overdue since a working day ago ({ $count }):
digest-duty = On duty today: { $who }
digest-closing = Soon out of reach on the Zalo account (silent for almost 7 days): { $names }. Ask them to send it a message.
digest-closing-more = { " " }and { $count } more
digest-more = … and { $count } more: /tasks
digest-button = My tasks

history-by-itself = The system
history-task-given = gave it out
history-task-came-again = opened the next one
history-task-accepted = accepted
history-task-declined = declined
history-task-reported = reported it done
history-task-approved = approved
history-task-returned = returned
history-task-extension-asked = asked for more time
history-task-extended = extended
history-task-extension-denied = denied the extension
history-task-handed-over = handed over
history-task-shared = shared
history-task-edited = changed
history-task-cancelled = cancelled
history-task-undone = took back an act
history-reminder-added = added a reminder

task-line-file = File: { $name }
task-button-file = File
task-file-here = The file of task #{ $number }
task-given-anew = Task #{ $number } is now given to { $name }.
task-told-relieved = Task #{ $number } now goes to { $name }: { $title }
    You need not go on with it.
history-task-given-anew = gave it anew

undo-not-a-task = Only acts on tasks can be taken back. Duty: enter it again with /duty; roles: /role; letters: press Edit on the card.
task-told-undone = { $name } took back "{ $what }" of task #{ $number }: { $title }
task-ask-which-one = Which task? Press one.
task-ask-title = Rename task #{ $number } to "{ $title }"?
task-edit-yes = Rename
task-edit-no = No
task-edit-left = Task #{ $number } stays as it is. Deadline: /edit { $number } hạn 30/11. Somebody else: /edit { $number } @name
task-list-what = Write /tasks, /tasks all, /tasks overdue, /tasks today, /tasks this week, or /tasks @name
task-list-person-of = Tasks of { $name }
task-file-secret = The file of the task carries a secrecy mark: it is neither kept nor passed on. Take the paper to the registry.
task-file-gone = The file can no longer be fetched from the messenger it was sent by. Ask who gave the task to send it again.
