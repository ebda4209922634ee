command-seal = Put a password on a file and send it to the group
command-password = See the password of a sealed file again
command-seals = Who has the password of a file, who has not
command-revoke = Take back a sealed file
command-onetime = Make a link that shows a password once
command-files = List the group's sealed files

seal-file-missing = No file found. Send a file with the caption /seal, or reply to a message with a file with /seal.
seal-album = The bot was given only one of the files sent together, and seals that one. Reply to each of the others with /seal.
seal-taken-already = This file is being sealed. Please wait a moment.
seal-done-already = This file has been sealed: File #{ $number }. See its password in the private chat: /password { $number }
seal-which-group = Seal the file { $name } and send it to which group?
sealing-now = Sealing the file { $name } for the group { $group }…
sealing-any-mark = There is no text to read in { $name } (a scan, a picture or the like). Its sender, please look: does it bear a mark Mật, Tối mật or Tuyệt mật?
sealing-no-mark-button = No secrecy mark
sealing-mark-button = Yes, or not sure
sealing-no-mark-noted = Noted, the file is being sealed
sealing-protected = This file has a password already and is left as it is. Its sender gives the password to each person in private, not in the group.
sealing-handing-out = Sealed: File #{ $number }. Sending the password to { $members } people in private…
sealing-done = Sealed: File #{ $number }. The password went to { $told }/{ $members } people in private.
sealing-done-protected = File #{ $number } was sent to the group. It has a password already: please give it to each person in private.

sealing-done-protected-mail = File #{ $number } went by official mail. It has a password of its own: tell each recipient the password yourself, not by mail.

seal-refused-empty = This file is empty (0 bytes) and was not sealed. Check the file and send it again with /seal.
seal-refused-corrupt = This file is damaged or incomplete and was not sealed. Open it on your computer, save it again and send it with /seal.
seal-refused-lying = The file's extension does not agree with its content, so it was not sealed. Give it the right one (such as .pdf, .docx) and send it again with /seal.
seal-refused-unsafe = The structure of this file is not safe for who opens it, so it was not sealed. Save it again from its program, or as PDF, and send it with /seal.
seal-refused-too-big = The file is larger than 20 MB, which the bot cannot take. Make it smaller or split it, and send it again with /seal.
seal-refused-secret =
    Documents marked Mật, Tối mật or Tuyệt mật are not sent through a chat group, with or without a password. The bot did not seal it and keeps no copy; the message with the file is removed where the bot may.
    Please delete the file from devices on a network and pass the document on through your office's registry for classified papers.
seal-refused-macros = The group takes no files with macros, so this one was not sealed. Save it without macros (.docx, .xlsx, .pptx) and send it again with /seal.
seal-too-many-copies = The group has more than { $most } people, too many for own copies. Its leader can turn them off: /seal copies off
seal-refused-told = This file was not sealed. Its sender was told in private why, and what to do.
seal-refused-untold = { $sender }: this file was not sealed. Please open a private chat with the bot to see why, and what to do.
seal-refused-which = Of the files sent together { $name } cannot be sealed, so none of them was.
album-name = { $name } and { $more } more.zip
seal-refused-no-room = The work group has no chat group that the bot can write to. Add the bot to one and send the file again with /seal.
seal-refused-not-fetched = The file could not be downloaded and was not sealed. Please send it again with /seal.
seal-refused-unanswered = Nobody confirmed that there is no secrecy mark, so the file was not sealed. When you need it, send it again with /seal.
seal-refused-failed = Sorry, a fault on our side: this file was not sealed. Please send it again with /seal; if it fails again, tell your operator.

sealed-head = File #{ $number }, sent by { $sender }
sealed-own-copy = Copy for { $name }
sealed-signed = The PDF bears a digital signature, so it is in a zip file and the signature stays valid.
sealed-protected = The file has its sender's own password. Ask { $sender } for it in private.
sealed-open-office = Open it with Word, Excel or PowerPoint and type the password when asked.
sealed-open-pdf = Open it with a PDF reader and type the password when asked.
sealed-open-zip = Unpack it with 7-Zip (phones: ZArchiver, iZip) and type the password when asked.
sealed-password = The password goes to each person in private. See it again in the private chat: /password { $number }
sealed-password-button = Show password
sealed-not-posted = File #{ $number } could not be sent to the chat group: the bot may not send files there. Ask an administrator for that right, then send the file again with /seal.

password-head = Password of File #{ $number } ({ $name }), group { $group }:
password-keep = Do not forward the password and do not write it in a chat group.
password-which = Which file's password? Send its number, such as: /password 7. The numbers are in the list /files.
password-which-group = File #{ $number } of which group?
password-none = There is no File #{ $number } in your groups. Send /files for the list.
password-not-yours = File #{ $number } was sent before you joined, so there is no password for you. Ask { $sender } to seal and send it again.
password-senders-own = File #{ $number } has its sender's own password. Ask { $sender } in private.
password-revoked = File #{ $number } was taken back, its password is not shown any more. See the other files: /files
password-expired = File #{ $number } was kept for as long as the group wanted, its password is gone. Ask its sender to seal it again when needed.
password-sent = The password was sent to your private chat
password-open-private = The bot cannot write to you in private yet. Open the private chat with the bot and write a word: the password of File #{ $number } comes by itself.

unreached-sender = The password of File #{ $number } could not be sent to: { $names }. Ask each of them to open the private chat with the bot and write a word: the password comes by itself.
unreached-one-time = For those who cannot use the chat make a one-time page, for example /onetime { $number } { $name }
unreached-room = The password of File #{ $number } could not be sent in private to: { $names }. Please open the private chat with the bot and write a word: the password comes by itself.
unreached-more = { " " }and { $count } more

remove-original = { $owner }: the bot may not delete the message with the original, which is not sealed (the sealed one: File #{ $number }). Please delete that message.
remove-unnamed = { $owner }: the bot could not delete the message with your file. Please delete that message at once.
remove-secret = { $owner }: the bot may not delete the message with the document that bears a secrecy mark. Please delete that message at once.

files-none = No file of the group has been sealed yet. Send a file with the caption /seal to put a password on it.
files-head = Sealed files ({ $total })
files-line = #{ $number } { $name } · { $sender } · { $at }
files-foot = See a password in the private chat: /password and the file's number
files-newer = Newer
files-older = Older

seals-head = Passwords of the sealed files
seals-line = #{ $number } { $name }:{ " " }
seals-all = all { $of } have it
seals-some = { $had }/{ $of } have it, not { $names }
seals-senders-own = the sender's own password
seals-revoked = taken back
seals-expired = not kept any longer
seals-foot = Who has none opens the private chat with the bot, and it comes by itself. Take back: /revoke and the file's number

revoke-which = Take back which file? Send its number, for example: /revoke 7. Numbers are in the list /files.
revoke-already = File #{ $number } is not shared any more. See the list: /seals
revoke-not-yours = Only its sender, the leader or a deputy can take back File #{ $number }. Ask one of them to send: /revoke { $number }
revoke-done-mail = File #{ $number } is taken back: the bot shows the password to nobody any more. Mails that have arrived cannot be removed; { $told } others have had the password; ask them to delete the mail if needed.
revoke-done = File #{ $number } is taken back: the bot shows its password to nobody and removes it from the group chat. { $told } others had the password already; remind them to delete their copy if needed.

policy-head = How { $group } keeps files
policy-keep = Sealed files are kept { $days } days, then deleted. Change: /seal keep 30
policy-macros-yes = Files with macros are taken. Change: /seal macros no
policy-macros-no = Files with macros are not taken. Change: /seal macros yes
policy-copies-yes = Each member has an own copy with an own password. Change: /seal copies no
policy-copies-no = The group shares one copy and one password. Change: /seal copies yes
policy-pictures-yes = Pictures in the group: as plain files. Change: /seal pictures no
policy-pictures-no = Pictures in the group: left alone. Change: /seal pictures yes
policy-channels = Passwords go by: { $ways }. Change: /seal channels mail, private
policy-channels-unclear = Send the channels in order, e.g. /seal channels private, other, mail, page. As at first: /seal channels default
channel-chat = private chat
channel-other = private chat on another messenger
channel-mail = official mail
channel-page = one-time page
policy-foot = The leader and deputies can change this.
policy-changed = How files are kept was changed
policy-see-all = See everything: /seal policy
channel-off = { $way } (not set up)
policy-leaders-only = Only the leader and deputies can change how files are kept. See it: /seal policy
policy-keep-unclear = Kept for how many days? Send a number from 1 to 3650, for example: /seal keep 30
policy-yes-or-no = Send "yes" or "no", for example: /seal macros no
policy-way-chat = Files go to the group chat. Change: /seal policy mail (or ask)
policy-way-mail = Files go by official mail, the chat gets a notice. Change: /seal policy chat (or ask)
policy-way-ask = The sender is asked each time: official mail or group chat. Change: /seal policy mail (or chat)
policy-way-unclear = Send "chat", "mail" or "ask", for example: /seal policy mail
policy-no-mail = Files cannot go by official mail yet: the system has no mailbox. They still go to the group chat; ask the administrator when needed.

seal-which-way = Send { $name } by official mail or to the group chat?
seal-way-mail = Official mail
seal-way-chat = Group chat
seal-no-mail = The group sends files by official mail, but the system has no mailbox: not sealed. Tell the administrator, or the leader sends: /seal policy chat
seal-no-addresses = The group sends files by official mail, but nobody has registered an address: not sealed. Each member writes to the bot in private: /email an@quangtri.gov.vn
notice-mailing = The file is on its way to everybody's official mailbox; it is not posted here.
notice-mailed = The file went to the official mailboxes of { $arrived } of { $of } people; it is not posted here.
notice-register = No address yet: write to the bot in private, /email and the address.
mailed-head = File #{ $number } of { $group }, sent by { $sender }
mailed-password = The password is not sent by mail. See it in the private chat with the bot: /password { $number }
mail-late = The mail with File #{ $number } has not arrived yet for: { $names }. The mail server has not taken it; the bot goes on trying for 24 hours, nothing is needed from you yet.
mail-missing = File #{ $number } could not be sent by official mail to: { $names }. Ask each of them to send the bot the right address in private: /email an@quangtri.gov.vn

link-which = A link for whom, to which file? In private, for example: /onetime 7 Chi
link-not-yours = Only its sender, the leader or a deputy can make a link for File #{ $number }. Ask one of them.
link-not-entitled = { $name } is not among the recipients of File #{ $number }. Seal and send it again to include them.
link-no-address = The system has no web address, so there are no one-time links. Read the password out by telephone, or ask the administrator.
link-head = Link to the password of File #{ $number }, for { $name } only:
link-foot = Send it by SMS or official mail, not to the group that has the file. It works once, within 24 hours; you are told when it is opened.
link-foot-by-mail = Send it by SMS, not to the mailbox that has the file. It works once, within 24 hours; you are told when it is opened.
link-revealed = { $name } has just opened the link to the password of File #{ $number }. If it was not them, send: /revoke { $number }
link-closed = The link to the password of File #{ $number } for { $name } was closed after { $tries } wrong codes. A new link: /onetime { $number } { $name }
pages-room = The password of File #{ $number } could not be sent in private to { $count } people. Each opens the link beside their name and enters the code that { $teller } tells them by phone; or opens a private chat with the bot, and the password comes by itself.
pages-teller = The password of File #{ $number } could not be sent in private to { $count } people. In the group there is a link for each of them, good once, for 24 hours, with the code below. Please tell the codes by phone or in person, never in the group.

page-title = Password of a file
page-once = The password is shown only once. When you are ready to copy it or open the file, press the button below.
page-show = Show the password
page-password = Password of File #{ $number } ({ $name }), for { $person }:
page-keep = This page cannot be opened again. Do not send the password to a group chat.
page-code-asked = The password is shown after a code of 6 digits. Who sent the file tells you the code by phone or in person.
page-code = Code of 6 digits
page-code-wrong = The code is not right, { $left } tries left. Ask who sent the file once more.
page-gone = This link was used, has expired or is wrong. Ask who sent the file for a new one.

plain-posted = This file has no password. Who sent it can press the button to have it sealed; if there is no need, do nothing.
plain-button = Seal it
policy-plain-off = Plain files in the group: left alone. Change: /seal plain warn
policy-plain-warn = Plain files in the group: the sender is reminded. Change: /seal plain replace
policy-plain-replace = Plain files in the group: sealed at once, the original removed. Change: /seal plain warn
policy-plain-unclear = Send "off", "warn" or "replace", for example: /seal plain warn
