command-setup = Set up the work group in this chat
command-join = Join the work group
command-members = See members and who has not joined
command-name = Register your own name
command-role = Make somebody deputy, clerk or member
command-office = Tell the office's names, to know its own deadlines
command-invite = Get a link that invites into the chat
command-leave = Leave the work group
command-health = Check the bot's rights in this chat
command-start = Open the private chat with the bot
help-setup = An administrator of the chat sends: /setup Task force 1
    Whoever sends it becomes the leader. The leader sends it again with another name to rename the group, or in another topic to move the bot there.
    In the private chat with a Zalo Official Account: /setup CODE Name, and the bot makes the group chat and invites people.
help-members = /members tells roles, who has not opened the private chat, and who is in the chat but has not joined.
help-name = /name Nguyễn Văn An
    This name is used when work is given out and in lists. Send /name to see the present one.
help-role = /role @binh deputy (or: clerk, member)
    /role @binh leader hands over the leadership.
help-office = /office Department of Home Affairs; DHA; Department of Labour
    Full name, short name and former names, with semicolons between them. Where a letter sets several offices different deadlines, the bot picks this office's own. /office shows the names, /office none removes them.
help-invite = Who uses the link asks to join; the leader or a deputy approves with one press.
help-health = /health tells which rights the bot lacks and how to grant them.

join-card = Work group, { $joined } joined. Choose Join to receive tasks, duty and reminders.
join-button = Join
join-done = You have joined the work group
join-done-open = Joined. Now press Open private chat to receive tasks
join-already = You are in the work group already
join-anonymous = You write anonymously, so it is not clear who you are. Turn anonymity off and try again.
join-in-room = Open your office's chat group and choose Join on the pinned card, then come back here.
open-private = { $name }: open the private chat with the bot once to receive tasks and reminders.
open-private-button = Open private chat
and-more = { $names } and { $more } more

setup-admins-only = Setting up a work group takes an administrator of the chat. Ask one to send: /setup Name
setup-anonymous = You write anonymously, so it is not clear who you are. Turn anonymity off and send again: /setup Name
setup-name-missing = Add the name after the command: /setup Task force 1
setup-done-already = This chat is already the work group "{ $name }". Send /members to see who has joined.
setup-moved = From now on the work group "{ $name }" uses this topic. Send /help for the commands.
setup-renamed = The work group is now called "{ $name }". Send /members to see who has joined.
facts-unknown = The chat app did not tell about rights in this group. Please try again in a few minutes.

room-greeting = Hello. The bot helps a group to give out work, remember deadlines, register letters and keep the duty roster.
    To begin, an administrator of the chat sends: /setup Name
start-welcome = Hello. The bot helps an office to give out work, remember deadlines, register letters and keep the duty roster.
    If your office has a group: open its chat and choose Join.
    If not: pick or create a chat group, add the bot, then send there: /setup Name
start-pick-button = Pick or create a group
start-place = Or add the bot to a chat group that exists, then send there: /setup Name
start-place-button = Add the bot to a group
start-at-home = The private chat is open. You are in the work groups:
start-next = Send /tasks for your work, /help for the commands.
start-in-room = This chat is the work group "{ $name }". Send /join to join, /help for the commands.
private-open = The private chat is open: tasks and reminders of "{ $group }" will come here. Send /help for the commands.
picked-known = This chat is your work group "{ $name }". Send /help for the commands.
picked-new = You picked the chat "{ $title }". Open it and send: /setup Name

members-heading = { $joined } joined
members-unreachable = private chat not open
members-missing = In the chat, not joined: { $names }. Please ask them to choose Join.
page-next = Next page
page-before = Page before
name-now = Registered name: { $name }. To change it, send: /name Nguyễn Văn An
name-done = Registered: { $name }. The group uses this name when work is given out.
name-shared = Registered: { $name }. Somebody in the group has the same name; better add your unit: /name Nguyễn Văn An Culture
name-unfit = This name cannot be registered. Send a name of 2 to 60 letters, without digits: /name Nguyễn Văn An

role-usage = Name the person, then the role: /role @binh deputy (or: clerk, member, leader)
role-same = { $name } is { $role } already. Send /members to see everybody's role.
role-own = A leader changes their own role by handing over: /role @name leader
role-done = { $name } is now { $role }. Send /members to see everybody's role.
role-yours = You are now { $role } of the work group "{ $group }". Send /help for the commands.
answer-yes = Agree
answer-no = No
handover-asked = Hand over the leadership of "{ $group }" to { $name }? You will become deputy.
handover-done = Handed over to { $name }. You are now deputy.
handover-not-done = Nothing was handed over; you are still the leader.
handover-left = This person is no longer in the work group. Send /members and choose somebody else.
leader-now = { $name } is now the leader of the work group. What needs approval goes to { $name }.
leader-left = The leader { $name } has left. { $deputy } has been asked to take over; follow the open work with /tasks.
leader-missing = The work group "{ $group }" has no leader. An administrator of the chat sends /setup to become it.
takeover-asked = The work group "{ $group }" needs a new leader: { $name } has left. Will you take over?
takeover-yes = Take over
takeover-done = You are now the leader of the work group "{ $group }". See the open work: /tasks
takeover-passed = Noted. The next deputy is asked; when there is none, the group chat is told.
takeover-done-already = The work group has a leader already. Send /members to see.

invite-link = Link into the chat of "{ $group }". Who uses it asks to join, and the leader or a deputy approves:
invite-failed = The link could not be made. Give the bot the right to invite users and try again; see /health in the chat.
invite-no-room = The bot is in no chat of the work group any more. Add it to the chat and try again.
asks-to-join = { $name } asks to join the chat of "{ $group }". If you agree, they join the chat and the work group.
ask-admitted = { $name } has been let in (approved by { $by }). Change roles with /role.
ask-declined = { $name } has not been let in (answered by { $by }).
ask-expired = This wish to join has run out. Send the link again with /invite if needed.
ask-answered-already = This has been answered already. Send /members to see who has joined.
ask-passed-on = Your wish to join "{ $group }" has been passed on to the leader. Please wait for the answer.
ask-welcome = You have been let into the work group "{ $group }". Send /name with your full name to register it.

leave-asked = Leave the work group "{ $group }"? You will receive none of its tasks and reminders any more.
leave-yes = Leave
leave-done = You have left the work group "{ $group }". To come back, send /join in the chat.
leave-not-done = You are still in the work group.
leave-leader-first = A leader hands over before leaving: /role @name leader
left-group = { $name } has left the work group "{ $group }". Their open work has to be given out again; see /tasks.
left-chat = { $name } has left the chat and so the work group "{ $group }". Their open work has to be given out again; see /tasks.
left-admin = The administrator { $name } has left the chat of "{ $group }". Send /health in the chat to check the bot's rights.
admin-lost = { $name } is no longer an administrator of the chat of "{ $group }". Send /health in the chat to check the bot's rights.
admin-lost-leader = You are no longer an administrator of the chat, and still the leader of the work group "{ $group }". To hand over, send /role @name leader
bot-removed = The bot was removed from the chat "{ $title }". Work and registers of "{ $group }" are kept; reminders still go to private chats. Add the bot again to go on in the chat.
bot-back = The bot is back; everything of the work group "{ $group }" was kept. Send /tasks to see the open work.

health-heading = The bot's rights in this chat
health-has = • Has: { $what }
health-lacks = • Lacks: { $what }
right-delete-messages = delete messages (removes the original when sealing)
right-pin-messages = pin messages (pins the Join card)
right-invite-users = invite users (the /invite link)
health-how = To grant: open the group's info, Administrators, choose the bot, turn on what it lacks, then send /health again.
health-how-admin = To grant: open the group's info, Administrators, Add administrator, choose the bot, turn on the rights above, then send /health again.
health-auto-delete = This chat deletes messages by itself: task cards will be lost. Better turn that off in the group's info.
health-people = Joined: { $joined }; private chat not open: { $unreached }. See /members.
health-no-group = No work group here yet. An administrator sends: /setup Name
health-all-well = Everything is ready. Send /help for the commands.

person-unknown = It is not clear who "{ $name }" is. Write @name, or the name as in /members.
person-not-joined = { $name } has not joined the work group. Ask them to choose Join in the group chat, then try again.
person-ambiguous = More than one person is called "{ $name }": { $options }. Write @name.

command-link = Join your account on another messenger
command-room = Join one more chat to the work group
zalo-usage-people = The Zalo bot has { $people } people; the free tier takes 50. Ask the operator for a second bot (tokens with commas). { $month }: { $messages } messages.
zalo-usage-messages = The Zalo bot has used { $messages } of 3000 messages in { $month } ({ $people } people). It gathers more now; ask the operator for another bot or the Official Account.
command-here = Get private messages on this account
here-done = Private messages come here from now on. To change it, send /here from another messenger.
link-code = Open the other messenger and write to the bot in private within 10 minutes:
link-done = This account is now { $name }'s. Send /tasks to see your tasks.
link-told = Your account has just been joined with one on { $messenger }. If that was not you, tell the leader at once.
room-code = In the chat to be joined, write within 10 minutes:
room-leaders-only = Joining a chat is for leaders and deputies. Send /room in the work group.
code-wrong = The code is wrong or its time is over. Ask for a new one and try again.
code-too-often = Too many wrong codes. Wait 10 minutes and try with a new one.
setup-code-needed = This messenger does not tell who administers. Ask the operator for a code, then write: /setup CODE Group name

command-email = Your official e-mail, for files and passwords
email-none = Your official e-mail is not known. Send the address to get files by mail, for example: /email an@quangtri.gov.vn
email-now = Your official e-mail: { $address }. Change: /email and the new address. Remove: /email remove
email-not-set-up = The system has no mailbox to send from, so no official e-mail can be registered. Ask the administrator.
email-not-official = Only official addresses are taken, in: { $domains }. Try again, for example: /email an@quangtri.gov.vn
email-too-often = Many codes were sent today. Look into your mailbox, spam included, or try again tomorrow.
email-sent = A code was sent to that address; it is good for { $minutes } minutes. Open the mailbox (and its spam) and send the code here.
email-code-head = Code for the official e-mail of { $name }
email-code-foot = Send this code to the bot in private. If you did not ask for it, ignore this mail and give the code to nobody.
email-confirmed = { $address } is your official e-mail now. Sealed files go there when the group sends them by mail. See it: /email
email-forgotten = Your official e-mail is forgotten. Register it again any time: /email and the address.
email-taken-over = { $address } was just confirmed by somebody else and is not yours any more. If that is wrong, tell the administrator at once.
email-nobody = The mail server says that nobody has this address. Check it, then send: /email and the right address.
email-not-arrived = The mail with the code could not be delivered. Try again later: /email and the address, or ask the administrator.
name-of-a-leader = A leader or deputy bears this name. Add a middle name or the unit: /name Trần Thị Lan (Office)

command-confirm = Confirm a new account of somebody with a role
help-confirm = A new account of somebody with a role gives no orders and is told nothing until another leader or deputy confirms it. Send /confirm to see those that wait.
    Where there is only the leader: confirm from the older account, or ask the administrator for a code and send: /confirm CODE
refuse-new-account = This account was joined lately: the group takes no orders from it and sends it nothing yet. Ask another leader or deputy to confirm it, or see /help confirm.
new-account-asked = { $name } ({ $role }, group "{ $group }") has one more account, on { $messenger }. Ask them whether it is theirs, then choose Yes so that it may give orders and is written to.
new-account-yes = Yes
new-account-no = No
new-account-done = { $name }'s account on { $messenger } is confirmed (by { $by }). See the members: /members
new-account-cut = The account on { $messenger } is no longer { $name }'s (said { $by }). Check what was assigned lately: /tasks
new-account-confirmed = This account is confirmed in "{ $group }" and has your role. Send /help to see the commands.
new-account-refused = This account is no longer joined with { $name }. If that is a mistake, send /link from the older account to join it again.
new-account-waits = "{ $group }" takes orders from here and writes here once this account is confirmed. How: /help confirm
new-account-not-yours = This is for another leader or deputy to confirm, from an account that is confirmed itself.
new-account-none = No account waits for a confirmation in this group. Send /members to see the members.
new-account-answered = This account has been answered already. Send /members to see the members.
office-names = The office is known as: { $names }. To change: /office Full name; short name; former name
office-none = No name of the office is known, so every deadline in a letter counts as its own. The leader tells: /office Full name; short name; former name
office-set = The office is now known as: { $names }. This holds for letters sent from now on.
office-forgotten = The office's names are forgotten. Every deadline in a letter counts as its own again.
office-too-many = At most { $most } names of { $longest } characters each. Send fewer.
zalo-account-ends = The Zalo Official Account's permission ends in { $days } days. Ask the administrator to log in again: giaoban zalo login
zalo-account-ended = The Zalo Official Account takes no messages from the bot any more. Ask the administrator to log in again now: giaoban zalo login
open-private-write-to = Search in Zalo and write to: { $bot }
command-phone = Give a phone number for short notices when Zalo does not let the bot write
help-phone = When you have not written for 7 days, Zalo only lets short notices through, by phone number. In private: /phone 0901234567. A leader does it for others: /phone Trần Văn An 0901234567. To remove it: /phone remove
phone-none = No phone number is known. To give one: /phone 0901234567
phone-now = The number known is { $number }. To change it: /phone 0901234567. To remove it: /phone remove
phone-done = { $number } is noted. It is used only for short notices on Zalo. To remove it: /phone remove
phone-done-for = { $number } is noted for { $name }, who can see and remove it with /phone.
phone-told = { $by } has noted the phone number { $number } for you, for short notices on Zalo. To remove it: /phone remove
phone-forgotten = The phone number is removed. To give it again: /phone 0901234567
phone-unfit = That is no number that can be read. Send a mobile number of 10 digits: /phone 0901234567
phone-not-used = The office does not use notices by phone number, so none is kept. Ask whoever runs the bot if you need it.

command-delegate = Hand your duties to a deputy while you are away
help-delegate = /delegate @binh from 23/11 to 27/11
    The person is a deputy on those days and then has the former role again. /delegate shows who stands in, /delegate end @binh ends it now.
delegate-usage = To hand over your duties for a time, send: /delegate @binh from 23/11 to 27/11. To end it now: /delegate end @binh
delegate-heading = Who stands in:
delegate-nobody = Nobody stands in.
delegate-line = • { $name }: deputy until the end of { $last }
delegate-line-planned = • { $name }: deputy from { $first } to the end of { $last }
delegate-day-unclear = It is not clear which days "{ $said }" means. Name whole days: /delegate @binh from 23/11 to 27/11
delegate-day-past = The day "{ $said }" is gone. Name days from today on: /delegate @binh from 23/11 to 27/11
delegate-end-first = The last day { $last } is before the first day { $first }. Send it again: /delegate @binh from 23/11 to 27/11
delegate-too-long = Somebody stands in for { $most } days at most, these are { $days } days. For longer give the role itself: /role @binh deputy
delegate-deputy-only = Only a deputy can be set for days: /role @binh deputy until 27/11. Other roles go without a day.
delegate-already = { $name } is { $role } and may do it already, nothing needs to be handed over.
delegate-in-force = { $name } stands in until the end of { $last }. To end it now: /delegate end @name; to change the last day: /delegate @name until 30/11
delegate-none = { $name } does not stand in. Send /delegate to see who does.
delegate-planned = Noted: { $name } is deputy from { $first } to the end of { $last }. To call it off, send: /delegate end @name
delegate-planned-yours = You will stand in as deputy of the work group "{ $group }" from { $first } to the end of { $last }.
delegate-cancelled = Called off: { $name } will not stand in.
delegate-cancelled-yours = You will not stand in at the work group "{ $group }" after all; your role stays as it is.
delegate-begun = { $name } is deputy until the end of { $last }, standing in for { $by }.
delegate-begun-yours = From now to the end of { $last } you are deputy of the work group "{ $group }", standing in for { $by }. Send /help for the commands.
delegate-moved = { $name } now stands in until the end of { $last }.
delegate-moved-yours = You now stand in at the work group "{ $group }" until the end of { $last }.
delegate-ended = { $name } no longer stands in and is { $role } again.
delegate-ended-yours = You no longer stand in at the work group "{ $group }": you are { $role } again.
delegate-void = { $name } will not stand in at the work group "{ $group }" from { $first } to the end of { $last }: the group has another leader now. If it is still needed, the new leader sends /delegate
delegate-void-yours = You will not stand in at the work group "{ $group }" from { $first } to the end of { $last }: the group has another leader now. Your role stays as it is.
