# Tasks, reminders and the morning digest.

command-assign = Giao việc: @người NỘI DUNG, hạn thứ 6 16h
command-tasks = Việc của tôi, của nhóm, quá hạn
command-task = Xem một việc và quá trình: /viecso 12
command-edit = Sửa việc: /sua 12 hạn 30/11
command-extend = Gia hạn, xin gia hạn: /giahan 12 thứ 2
command-cancel = Hủy việc: /huy 12
command-remind = Thêm lời nhắc: /nhac 12 9h mai
command-undo = Lấy lại thao tác vừa làm (trong 10 phút)
help-assign = Ví dụ: /giao @an @binh Báo cáo số liệu, hạn thứ 6 16h. Người đầu chủ trì, người sau phối hợp. Cả nhóm: /giao cả phòng NỘI DUNG. Nhiều việc: mỗi dòng bắt đầu bằng "-". Việc lặp lại: hạn 16h thứ 6 hằng tuần. Trả lời một tin hoặc tệp bằng /giao để kèm nội dung đó.
help-tasks = /viec: việc của tôi. /viec nhóm: cả nhóm. /viec quá hạn: việc đã quá hạn. Theo hạn: /viec hôm nay, /viec nhóm tuần này. Của một người: /viec @binh tuần này.
help-edit = Ví dụ: /sua 12 hạn 16h thứ 6, hoặc /sua 12 Tên việc mới. Người làm: /sua 12 thêm @an, /sua 12 bỏ @an.
help-extend = Ví dụ: /giahan 12 thứ 2, hoặc /giahan 12 thêm 2 ngày. Trưởng nhóm, phó nhóm cho thêm thời gian; người làm thì xin, trưởng nhóm trả lời.
help-remind = Ví dụ: /nhac 12 9h mai; chỉ ghi /nhac 12 thì chọn giờ bằng nút. Trưởng nhóm nhắc người làm; người khác tự nhắc mình.

task-what = Thêm nội dung việc. Ví dụ: /giao @binh Báo cáo số liệu, hạn thứ 6 16h
task-too-many = Mỗi lần giao tối đa { $limit } việc. Chia thành nhiều tin giúp.
task-given = Đã giao { $count } việc, thẻ việc ở trong nhóm.
task-ask-who = Giao cho ai: { $title }
    Chọn tên, hoặc trả lời @tên (người đầu chủ trì).
task-ask-everybody = Giao cho { $count } người: { $title }
    { $names }. Người đầu chủ trì.
task-ask-everybody-due = { $title }, hạn { $when }
task-everybody-more = và { $count } người nữa
task-everybody-yes = Giao cho { $count } người
task-everybody-no = Không giao
task-everybody-left = Chưa giao việc này. Giao cho từng người: /giao @tên NỘI DUNG, hạn …
task-everybody-none = Nhóm chưa có thành viên nào khác để giao. Mời vào nhóm: /moi
task-ask-deadline = Hạn của việc "{ $title }" là khi nào?
task-ask-which = "{ $said }" là khi nào?
task-ask-impossible = Lịch không có ngày "{ $said }". Hạn của việc "{ $title }" là khi nào?
task-ask-past = "{ $said }" đã qua. Hạn của việc "{ $title }" là khi nào?
task-ask-weekday = "{ $said }": thứ và ngày không khớp. Hạn đúng là khi nào?
task-no-deadline = Không có hạn
task-answer-unclear = Chưa rõ hạn của việc "{ $title }". Trả lời như: chiều mai, hoặc 16h thứ 6. Giao việc khác thì nhắn /giao
task-deadline-impossible = Lịch không có ngày "{ $said }". Ghi lại hạn, ví dụ: hạn 30/11
task-deadline-unclear = Chưa rõ hạn "{ $said }". Ghi cả ngày và giờ, ví dụ: hạn 16h 27/11/2026

task-urgency-urgent = KHẨN
task-urgency-very-urgent = THƯỢNG KHẨN
task-urgency-express = HỎA TỐC
task-line-deadline = Hạn: { $when }
task-line-no-deadline = Hạn: chưa có
task-line-overdue = quá hạn
task-line-lead = Chủ trì: { $names }
task-line-support = Phối hợp: { $names }
task-line-unreachable = Chưa mở chat riêng với bot: { $names }
task-line-letter = Theo: { $letter }
task-line-repeats = Việc định kỳ
task-line-day-off = Hạn rơi vào ngày nghỉ; nên xong trước, vào { $day }.
task-line-wanted = Xin gia hạn đến { $when }
task-hand-given = chưa nhận
task-hand-accepted = đã nhận
task-hand-declined = từ chối
task-state-reported = Đã báo xong, chờ duyệt
task-state-done = Đã xong
task-state-cancelled = Đã hủy

task-button-accept = Nhận việc
task-button-decline = Từ chối
task-button-report = Báo xong
task-button-extend = Xin gia hạn
task-button-hand = Chuyển giao
task-button-approve = Duyệt
task-button-return = Trả lại
task-button-grant = Đồng ý
task-button-deny = Không

task-unknown = Không tìm thấy việc này. Nhắn /viec để xem các việc.
task-unknown-number = Nhóm chưa có việc #{ $number }. Nhắn /viec nhóm để xem các việc.
task-which-number = Ghi số của việc sau lệnh, ví dụ: /{ $command } 12
task-edit-what = Ghi điều cần sửa, ví dụ: /sua { $number } hạn 30/11
task-extend-what = Ghi hạn mới sau số của việc, ví dụ: /giahan { $number } thứ 2, hoặc /giahan { $number } thêm 2 ngày
task-refuse-closed = Việc #{ $number } đã đóng. Xem lại: /viecso { $number }
task-refuse-leader-decides = Việc #{ $number }: phần này do trưởng nhóm hoặc phó nhóm quyết định.
task-refuse-not-reported = Việc #{ $number } chưa được báo xong.
task-refuse-no-extension = Việc #{ $number } không có đề nghị gia hạn nào đang chờ.
task-refuse-not-yours = Việc #{ $number } giao cho người khác.
task-refuse-accepted-already = Anh/chị đã nhận việc #{ $number }.
task-refuse-reported-already = Việc #{ $number } đã báo xong, đang chờ duyệt.
task-refuse-declined-before = Anh/chị đã từ chối việc #{ $number }. Chọn Nhận việc nếu muốn làm.
task-refuse-lead-reports = Việc #{ $number } do người chủ trì báo xong.
task-refuse-extension-waits = Việc #{ $number } đang có một đề nghị gia hạn chờ trả lời.
task-reply-unclear = Chưa rõ ý với việc #{ $number }. Trả lời: đã nhận, xong, xin lùi đến thứ 2, hoặc chọn trên thẻ.

task-accepted = Đã nhận việc #{ $number }
task-ask-reason = Lý do từ chối việc #{ $number }? Trả lời một câu.
task-declined = Đã ghi từ chối việc #{ $number } và báo người giao.
task-told-declined = { $name } từ chối việc #{ $number }: { $reason }
    Giao lại: trả lời /giao @người.
task-reported = Đã báo xong việc #{ $number }
task-told-reported = { $name } báo xong việc #{ $number }: { $title }
task-told-evidence = Kèm tệp: { $file }
task-approved = Đã duyệt việc #{ $number }
task-decided-approved = Việc #{ $number }: { $name } đã duyệt.
task-told-approved = Việc #{ $number } đã được duyệt. Cảm ơn anh/chị.
task-ask-return-why = Trả lại việc #{ $number }: cần sửa gì? Trả lời một câu.
task-decided-returned = Việc #{ $number }: { $name } đã trả lại.
task-told-returned = Việc #{ $number } được trả lại: { $reason }
    Hạn: { $when }. Sửa rồi chọn Báo xong.
task-ask-until = Xin gia hạn việc #{ $number } đến khi nào? Chọn hoặc trả lời, ví dụ: 16h thứ 2
task-extension-not-later = Việc #{ $number }: ngày xin gia hạn cần sau hạn hiện tại.
task-extension-asked = Đã gửi đề nghị gia hạn việc #{ $number }.
task-told-extension = { $name } xin gia hạn việc #{ $number } đến { $when }.
task-granted = Đã đồng ý gia hạn #{ $number }
task-decided-granted = Việc #{ $number }: { $name } đã đồng ý gia hạn.
task-told-granted = Việc #{ $number } được gia hạn đến { $when }.
task-denied = Đã trả lời không với #{ $number }
task-decided-denied = Việc #{ $number }: { $name } không đồng ý gia hạn.
task-told-denied = Việc #{ $number } giữ nguyên hạn: { $when }.
task-ask-hand-to = Chuyển việc #{ $number } cho ai? Chọn tên hoặc trả lời @tên.
task-ask-hand-how = Chuyển việc #{ $number } cho { $name } theo cách nào?
task-hand-moves = Bàn giao (chuyển cả trách nhiệm)
task-hand-stays = Phân việc (tôi vẫn chịu trách nhiệm)
task-handed-over = Đã bàn giao việc #{ $number } cho { $name }.
task-shared = Đã phân việc #{ $number } cho { $name } phối hợp.
task-told-handed = { $name } chuyển việc #{ $number } cho { $to }.
task-staffed = Đã sửa người làm việc #{ $number }: { $names }. Người đầu chủ trì.
task-staffed-already = { $name } đang làm việc #{ $number }. Giao cho người khác: /sua { $number } @tên
task-staffed-not-there = { $name } không làm việc #{ $number }. Xem ai đang làm: /viecso { $number }
task-staffed-nobody = Việc #{ $number } không còn ai làm. Thêm người trong cùng tin: /sua { $number } bỏ @tên, thêm @tên
task-told-off = { $name } đã rút anh/chị khỏi việc #{ $number }: { $title }
    Anh/chị không cần làm tiếp việc này.
task-told-lead = Việc #{ $number } nay do anh/chị chủ trì: { $title }
history-task-staffed = sửa người làm
task-edited = Đã sửa việc #{ $number }: { $title }
    Hạn: { $when }
task-told-edited = { $name } sửa việc #{ $number }: { $title }
    Hạn: { $when }
task-ask-cancel = Việc #{ $number } là việc định kỳ. Hủy phần nào?
task-cancel-one = Chỉ lần này
task-cancel-all = Cả các lần sau
task-cancelled = Đã hủy việc #{ $number }.
task-told-cancelled = { $name } đã hủy việc #{ $number }: { $title } ({ $when })

task-list-mine = Của tôi
task-list-group = Cả nhóm
task-list-overdue = Quá hạn
task-list-mine-of = Việc của tôi, { $group }
task-list-group-of = Việc của { $group }
task-list-overdue-of = Việc quá hạn, { $group }
task-list-empty-mine = Anh/chị đang không có việc nào. Xem cả nhóm: /viec nhóm
task-list-empty-group = Không có việc nào. Giao việc: /giao @người NỘI DUNG, hạn …
task-list-due = { $list }, hạn { $days }
task-list-empty-days = Không có việc nào hạn trong những ngày này. Xem cả nhóm: /viec nhóm
task-list-empty-person = Người này đang không có việc nào. Xem cả nhóm: /viec nhóm
task-list-empty-overdue = Không có việc nào quá hạn. Xem cả nhóm: /viec nhóm
task-short-no-deadline = chưa có hạn
task-history = Quá trình:
task-history-more = … và { $count } mục trước đó
page-back = ‹ Trước
page-on = Tiếp ›

undo-nothing = Không có thao tác nào gần đây của anh/chị lấy lại được.
undo-too-late = Đã quá 10 phút nên không lấy lại được. Dùng /sua hoặc /huy để sửa.
undo-acted-since = Việc #{ $number } đã có người khác thao tác sau đó nên không lấy lại được.
undo-done = Đã lấy lại: { $what } (việc #{ $number }).

remind-when = Ghi thời điểm nhắc, ví dụ: /nhac { $number } 9h mai
remind-ask = Nhắc việc #{ $number } lúc nào? Chọn, hoặc nhắn giờ khác, như: 9h mai
remind-afternoon = Chiều nay: { $when }
remind-morning = Sáng làm việc tới: { $when }
remind-before = Trước hạn 2 giờ: { $when }
remind-added = Sẽ nhắc việc #{ $number } lúc { $when }.
reminder-one = Nhắc việc #{ $number }: hạn { $when }
reminder-overdue = Việc #{ $number } đã đến hạn: { $when }
reminder-many = Nhắc { $count } việc, { $group }
reminder-more = … và { $count } việc nữa, xem /viec
reminder-late = (gửi muộn: hệ thống vừa hoạt động lại)

digest-head = Giao ban sáng, { $group }
digest-letter = Số đến { $number }
digest-own-head = Việc của anh/chị, { $group }
digest-overdue = Quá hạn ({ $count }):
digest-today = Hạn hôm nay ({ $count }):
digest-soon = Trong 3 ngày tới ({ $count }):
digest-escalated = Người khác quá hạn từ hôm trước ({ $count }):
digest-duty = Trực hôm nay: { $who }
digest-closing = Sắp không nhắn được qua Zalo OA (quá 7 ngày chưa nhắn lại): { $names }. Nhờ nhắn cho OA một tin.
digest-closing-more = { " " }và { $count } người nữa
digest-more = … và { $count } việc nữa: /viec
digest-button = Việc của tôi

history-by-itself = Hệ thống
history-task-given = giao việc
history-task-came-again = mở kỳ mới
history-task-accepted = nhận việc
history-task-declined = từ chối
history-task-reported = báo xong
history-task-approved = duyệt
history-task-returned = trả lại
history-task-extension-asked = xin gia hạn
history-task-extended = gia hạn
history-task-extension-denied = không gia hạn
history-task-handed-over = bàn giao
history-task-shared = phân việc
history-task-edited = sửa
history-task-cancelled = hủy
history-task-undone = lấy lại thao tác
history-reminder-added = thêm lời nhắc

task-line-file = Tệp kèm: { $name }
task-button-file = Tệp
task-file-here = Tệp của việc #{ $number }
task-given-anew = Đã giao lại việc #{ $number } cho { $name }.
task-told-relieved = Việc #{ $number } nay giao cho { $name }: { $title }
    Anh/chị không cần làm tiếp việc này.
history-task-given-anew = giao lại

undo-not-a-task = Chỉ lấy lại được thao tác về việc. Lịch trực: ghi lại bằng /truc; vai trò: /vaitro; công văn: bấm Sửa trên thẻ.
task-told-undone = { $name } đã lấy lại thao tác "{ $what }" của việc #{ $number }: { $title }
task-ask-which-one = Việc nào? Chọn một.
task-ask-title = Đổi tên việc #{ $number } thành "{ $title }"?
task-edit-yes = Đổi tên
task-edit-no = Không
task-edit-left = Việc #{ $number } giữ nguyên. Sửa hạn: /sua { $number } hạn 30/11. Giao người khác: /sua { $number } @tên
task-list-what = Ghi: /viec, /viec nhóm, /viec quá hạn, /viec hôm nay, /viec tuần này, hoặc /viec @tên
task-list-person-of = Việc của { $name }
task-file-secret = Tệp kèm việc có dấu mật: bot không giữ và không chuyển. Chuyển bản giấy cho văn thư theo quy định bảo mật.
task-file-gone = Không lấy lại được tệp này từ ứng dụng chat đã gửi. Nhờ người giao việc gửi lại tệp.
