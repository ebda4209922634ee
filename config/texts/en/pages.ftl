# Pages on the web for fetching and handing in files, and the messages about them.

command-upload = A link for sending the group a file on the web

page-size-kb = { $size } KB
page-size-mb = { $whole }.{ $tenth } MB

fetch-button = Download
fetch-link = Link to download File #{ $number }, for you only:
fetch-link-foot = Open the link, press the button and enter the code that the bot sends you. Good for { $uses } downloads within { $hours } hours.
fetch-no-address = The system has no web address yet, so there is no link to download File #{ $number }. Ask the administrator.
fetch-open-private = The bot cannot write to you yet. Open the private chat with the bot, send /start, then choose Download again.
fetch-code = Code for the download page (good for { $minutes } minutes):
fetch-code-keep = Give the code to nobody. If you did not open this page, there is nothing to do.
fetch-closed = The link to download File #{ $number } was closed after { $tries } wrong codes. When you need it, choose Download again.

fetch-page-title = Download a file
fetch-page-front = Press the button below. The bot will send a code to your private chat.
fetch-page-start = Send me a code
fetch-page-code-sent = The bot has sent a code of 6 digits to your private chat. Look it up and enter it here.
fetch-page-code = Code of 6 digits
fetch-page-open = Open the file
fetch-page-again = Send another code
fetch-page-code-wrong = The code is not right. Look at the bot's latest message; { $left } tries left.
fetch-page-code-over = The code has expired or was used. Press Send another code.
fetch-page-no-more-codes = Too many codes were sent for this link. Go back to the chat and get a new link.
fetch-page-unreachable = The bot cannot write to you yet. Open the private chat with the bot, send /start, then press this button again.
fetch-page-gone = The link has expired, was used up or is wrong. Go back to the chat and get a new link.
fetch-page-file = File #{ $number }
fetch-page-keep-plain = The button works for { $minutes } minutes. Close this page when the file has come.
fetch-closed-file = The link to download "{ $name }" was closed after { $tries } wrong codes. When you need it, ask for the file again in the chat.
fetch-page-keep = The button works for { $minutes } minutes. Open the file with the password that the bot has sent you in private.
fetch-page-fetch = Download

handin-link = Link for sending files to the group { $group }:
handin-link-foot = Open the link and choose a file. For you only, do not pass it on. Good for { $files } files within { $minutes } minutes.
handin-open-private = The bot cannot write to you yet. Open the private chat with the bot and send: /upload
handin-unheard = This messenger does not pass files to the bot. Say /upload, choose the group, and hand the file in on the web page.
handin-unheard-no-address = This messenger does not pass files to the bot. For a letter: /letter with number, symbol, date and subject.
handin-no-address = The system has no web address yet, so there is no link for sending files. Send the file in the chat with /seal, or ask the administrator.

handin-page-title = Send a file to the group
handin-page-front = The file is inspected and sealed as if sent in the chat, then the bot passes it to the group. Send nothing that bears a secrecy mark.
handin-page-patience = A large file may take some minutes. Wait until the page says that it has arrived.
handin-page-file = Choose or drop a file here (up to { $most } MB)
handin-page-seal = For the group (sealed with a password)
handin-page-letter = An incoming letter: read it for the register
handin-page-send = Send the file
handin-page-taken = The file has arrived:
handin-page-next = You will hear of it in the private chat with the bot. This page may be closed.
handin-page-another = Send another file
handin-page-too-large = The file is too large. This page takes files up to { $most } MB: make it smaller or split it, then send it again.
handin-page-no-file = There is no file, or it is empty. Choose a file, then press Send the file.
handin-page-broken = The file has not arrived in full. Check the network, then choose the file and send it again.
handin-page-busy = A file is arriving by this link. Wait until it is done, then send the next one.
handin-page-gone = The link was used, has expired or is wrong. Send the bot /upload for a new one.
