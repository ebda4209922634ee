# What the machine itself says, whatever the capability.

refuse-no-group = You are in no work group yet. Open your office's chat group and choose Join, or send /start.
refuse-no-group-here = This chat has no work group yet. An administrator sends: /setup Name
refuse-not-a-member = You have not joined this work group. Send /join in the group chat to join.
refuse-role = This is for: { $who }. You can ask the leader.
refuse-room-only = This command is used in the work group's chat.
refuse-private-only = This command is used in the private chat with the bot.
refuse-unknown-command = There is no such command. Send /help for the list.
refuse-unknown-command-near = There is no such command. Did you mean /{ $guess }? Send /help for the list.
refuse-flood-person = That was a little fast, and the last message was not handled. Please wait a minute and send it again.
refuse-flood-group = This group is a little fast, and the last message was not handled. Please wait a minute and send it again; leader and deputies are still heard.
refuse-unclear = I did not understand that. Your tasks: /tasks. Duty: /duty. Send /help for the list of commands.
ask-command = Do you mean this command?
    { $line }
ask-command-yes = Yes, do it
ask-command-no = No
question-left = This question is left aside, nothing was done.
question-may-be-left = If it is no longer needed, write: never mind
refuse-file-unclear = File seen. Send it again with the caption /letter (register) or /seal (password), or reply to it with one of these.
refuse-old-button = This choice no longer works. Send /tasks to see how things stand.
refuse-not-your-question = This question is for somebody else.
refuse-not-an-option = Which one? Choose one of the answers, or say its number.
sorry-our-fault = Sorry, a fault on our side: this was not done (code { $id }). Please try again; if it fails again, tell your operator the code.
sent-to-you-privately = Sent to your private chat.
which-group = Which group is this for?
came-another-way = (Sent here because { $messenger } does not answer.)
messenger-telegram = Telegram
messenger-zalo-bot = Zalo
messenger-zalo-oa = Zalo OA
file-not-carried = 📎 { $name }: this messenger does not carry the file. Get it on another one, or ask who keeps it.
may-repeat = (may be a repeat)
role-leader = leader
role-deputy = deputy
role-clerk = clerk
role-member = member

answer-with-number = Answer with a number, e.g. { $example }
answer-with-number-in-room = Reply to this message (or mention the bot) with a number, e.g. { $example }
zalo-connected = The Official Account is connected to Giao Ban. You may close this page.
zalo-not-connected = The Official Account could not be connected. Run giaoban zalo login again and open the new link.
