command-seal = Đặt mật khẩu cho tệp rồi gửi vào nhóm
command-password = Xem lại mật khẩu của tệp đã niêm
command-seals = Ai đã có, ai chưa có mật khẩu tệp
command-revoke = Thu hồi một tệp đã niêm
command-onetime = Tạo liên kết xem mật khẩu một lần
command-files = Danh sách tệp đã niêm của nhóm

seal-file-missing = Chưa thấy tệp. Gửi tệp kèm chú thích /niem, hoặc trả lời tin nhắn có tệp bằng /niem.
seal-album = Bot chỉ nhận được một trong các tệp gửi cùng lượt nên mới niêm tệp đó. Các tệp còn lại: trả lời từng tệp bằng /niem.
seal-taken-already = Tệp này đang được niêm. Vui lòng chờ trong giây lát.
seal-done-already = Tệp này đã niêm rồi: Tệp #{ $number }. Xem mật khẩu trong chat riêng: /matkhau { $number }
seal-which-group = Niêm tệp { $name } và gửi vào nhóm nào?
sealing-now = Đang niêm tệp { $name } để gửi vào nhóm { $group }…
sealing-any-mark = Tệp { $name } không có chữ để đọc (bản chụp, ảnh hoặc tương tự). Người gửi xem giúp: trên tệp có dấu Mật, Tối mật hoặc Tuyệt mật không?
sealing-no-mark-button = Không có dấu mật
sealing-mark-button = Có, hoặc chưa chắc
sealing-no-mark-noted = Đã ghi nhận, đang niêm tệp
sealing-protected = Tệp này đã có mật khẩu sẵn nên giữ nguyên. Người gửi báo mật khẩu riêng cho từng người, không viết trong nhóm.
sealing-handing-out = Đã niêm: Tệp #{ $number }. Đang gửi mật khẩu riêng cho { $members } người…
sealing-done = Đã niêm: Tệp #{ $number }. Mật khẩu đã gửi riêng cho { $told }/{ $members } người.
sealing-done-protected = Đã gửi Tệp #{ $number } vào nhóm. Tệp có mật khẩu sẵn: anh/chị báo mật khẩu riêng cho từng người.

sealing-done-protected-mail = Đã gửi Tệp #{ $number } qua thư công vụ. Tệp có mật khẩu sẵn: anh/chị báo mật khẩu riêng cho từng người, không qua thư.

seal-refused-empty = Tệp này trống (0 byte) nên chưa niêm. Kiểm tra lại tệp rồi gửi lại kèm /niem.
seal-refused-corrupt = Tệp này bị hỏng hoặc tải lên chưa đủ nên chưa niêm. Mở thử trên máy, lưu lại rồi gửi lại kèm /niem.
seal-refused-lying = Đuôi tên tệp không đúng với nội dung nên chưa niêm. Đổi lại đúng đuôi (ví dụ .pdf, .docx) rồi gửi lại kèm /niem.
seal-refused-unsafe = Cấu trúc tệp này không an toàn cho người mở nên chưa niêm. Lưu lại từ phần mềm gốc, hoặc xuất ra PDF, rồi gửi lại kèm /niem.
seal-refused-too-big = Tệp lớn hơn 20 MB nên bot chưa nhận được. Giảm dung lượng hoặc chia nhỏ tệp, rồi gửi lại kèm /niem.
seal-refused-secret =
    Tài liệu mang dấu Mật, Tối mật hoặc Tuyệt mật không gửi qua nhóm chat, kể cả khi có mật khẩu. Bot không niêm, không giữ bản nào; tin nhắn có tệp được gỡ nếu bot có quyền.
    Anh/chị xóa tệp khỏi thiết bị có nối mạng và chuyển tài liệu qua văn thư mật của cơ quan.
seal-refused-macros = Nhóm không nhận tệp có macro nên chưa niêm. Lưu lại thành tệp không có macro (.docx, .xlsx, .pptx), rồi gửi lại kèm /niem.
seal-too-many-copies = Nhóm đông hơn { $most } người nên không làm bản riêng cho từng người được. Trưởng nhóm tắt bằng: /niem banrieng tat
seal-refused-told = Tệp này chưa được niêm. Bot đã nhắn riêng lý do và việc cần làm cho người gửi.
seal-refused-untold = { $sender }: tệp này chưa được niêm. Anh/chị mở chat riêng với bot để xem lý do và việc cần làm.
seal-refused-which = Trong các tệp gửi cùng lượt, tệp { $name } chưa niêm được nên cả lượt chưa được niêm.
album-name = { $name } và { $more } tệp khác.zip
seal-refused-no-room = Nhóm công tác chưa có nhóm chat nào bot gửi được. Thêm bot vào nhóm chat rồi gửi lại tệp kèm /niem.
seal-refused-not-fetched = Chưa tải được tệp nên chưa niêm. Vui lòng gửi lại tệp kèm /niem.
seal-refused-unanswered = Chưa có xác nhận về dấu mật nên tệp chưa được niêm. Khi cần, gửi lại tệp kèm /niem.
seal-refused-failed = Xin lỗi, có lỗi phía hệ thống nên chưa niêm được tệp này. Vui lòng gửi lại tệp kèm /niem; nếu vẫn lỗi, báo quản trị.

sealed-head = Tệp #{ $number }, người gửi: { $sender }
sealed-own-copy = Bản của { $name }
sealed-signed = PDF có chữ ký số nên để trong tệp zip, chữ ký giữ nguyên.
sealed-protected = Tệp có mật khẩu sẵn của người gửi. Cần mật khẩu, hỏi riêng { $sender }.
sealed-open-office = Mở bằng Word, Excel hoặc PowerPoint và nhập mật khẩu khi được hỏi.
sealed-open-pdf = Mở bằng trình đọc PDF và nhập mật khẩu khi được hỏi.
sealed-open-zip = Giải nén bằng 7-Zip (điện thoại: ZArchiver, iZip) và nhập mật khẩu khi được hỏi.
sealed-password = Mật khẩu gửi riêng cho từng người. Xem lại trong chat riêng: /matkhau { $number }
sealed-password-button = Xem mật khẩu
sealed-not-posted = Chưa gửi được Tệp #{ $number } vào nhóm chat: bot chưa có quyền gửi tệp ở đó. Nhờ quản trị cấp quyền, rồi gửi lại tệp kèm /niem.

password-head = Mật khẩu Tệp #{ $number } ({ $name }), nhóm { $group }:
password-keep = Không chuyển tiếp mật khẩu và không viết mật khẩu vào nhóm chat.
password-which = Xem mật khẩu tệp nào? Nhắn số của tệp, ví dụ: /matkhau 7. Số có trong danh sách /tep.
password-which-group = Tệp #{ $number } của nhóm nào?
password-none = Chưa thấy Tệp #{ $number } trong nhóm của anh/chị. Nhắn /tep để xem danh sách.
password-not-yours = Tệp #{ $number } gửi trước khi anh/chị vào nhóm nên chưa có mật khẩu cho anh/chị. Nhờ { $sender } niêm và gửi lại.
password-senders-own = Tệp #{ $number } có mật khẩu sẵn của người gửi. Hỏi riêng { $sender }.
password-revoked = Tệp #{ $number } đã được thu hồi nên mật khẩu không xem lại được. Xem các tệp khác: /tep
password-expired = Tệp #{ $number } đã hết thời hạn lưu nên mật khẩu không xem lại được. Khi cần, nhờ người gửi niêm và gửi lại.
password-sent = Đã gửi mật khẩu vào chat riêng
password-open-private = Bot chưa nhắn riêng được cho anh/chị. Mở chat riêng với bot và nhắn một chữ: mật khẩu Tệp #{ $number } tự đến.

unreached-sender = Chưa gửi được mật khẩu Tệp #{ $number } cho: { $names }. Nhờ từng người mở chat riêng với bot và nhắn một chữ: mật khẩu tự đến.
unreached-one-time = Ai không dùng được chat: tạo trang xem một lần, ví dụ /motlan { $number } { $name }
unreached-room = Chưa gửi riêng được mật khẩu Tệp #{ $number } cho: { $names }. Anh/chị mở chat riêng với bot và nhắn một chữ: mật khẩu tự đến.
unreached-more = { " " }và { $count } người khác

remove-original = { $owner }: bot chưa có quyền xóa tin nhắn có tệp gốc chưa niêm (bản đã niêm: Tệp #{ $number }). Anh/chị xóa tin nhắn đó giúp.
remove-secret = { $owner }: bot chưa có quyền xóa tin nhắn có tài liệu mang dấu mật. Anh/chị xóa ngay tin nhắn đó.
remove-unnamed = { $owner }: bot chưa xóa được tin nhắn có tệp của anh/chị. Anh/chị xóa ngay tin nhắn đó giúp.

files-none = Nhóm chưa có tệp nào được niêm. Gửi tệp kèm chú thích /niem để đặt mật khẩu.
files-head = Tệp đã niêm ({ $total })
files-line = #{ $number } { $name } · { $sender } · { $at }
files-foot = Xem mật khẩu trong chat riêng: /matkhau và số của tệp
files-newer = Mới hơn
files-older = Cũ hơn

seals-head = Mật khẩu các tệp đã niêm
seals-line = #{ $number } { $name }:{ " " }
seals-all = cả { $of } người đã có
seals-some = { $had }/{ $of } người đã có, còn { $names }
seals-senders-own = mật khẩu của người gửi
seals-revoked = đã thu hồi
seals-expired = hết thời hạn lưu
seals-foot = Ai chưa có thì mở chat riêng với bot và nhắn một chữ: mật khẩu tự đến. Thu hồi: /thuhoi và số của tệp

revoke-which = Thu hồi tệp nào? Nhắn số của tệp, ví dụ: /thuhoi 7. Số có trong danh sách /tep.
revoke-already = Tệp #{ $number } không còn được chia sẻ. Xem danh sách: /daniem
revoke-not-yours = Chỉ người gửi, trưởng nhóm hoặc phó nhóm thu hồi được Tệp #{ $number }. Nhờ một người trong số đó nhắn: /thuhoi { $number }
revoke-done-mail = Đã thu hồi Tệp #{ $number }: bot không cho xem mật khẩu nữa. Thư đã tới hộp thư không gỡ được; { $told } người khác đã có mật khẩu từ trước; nếu cần, nhắc họ xóa thư.
revoke-done = Đã thu hồi Tệp #{ $number }: bot không cho xem mật khẩu nữa và gỡ tệp khỏi nhóm chat. { $told } người khác đã có mật khẩu từ trước; nếu cần, nhắc họ xóa bản đã tải.

policy-head = Cách giữ tệp của { $group }
policy-keep = Lưu tệp đã niêm { $days } ngày, rồi xóa. Đổi: /niem giu 30
policy-macros-yes = Nhận tệp có macro. Đổi: /niem macro khong
policy-macros-no = Không nhận tệp có macro. Đổi: /niem macro co
policy-copies-yes = Mỗi người một bản và một mật khẩu riêng. Đổi: /niem banrieng khong
policy-copies-no = Cả nhóm chung một bản và một mật khẩu. Đổi: /niem banrieng co
policy-pictures-yes = Ảnh trong nhóm: như tệp thường. Đổi: /niem anh khong
policy-pictures-no = Ảnh trong nhóm: để yên. Đổi: /niem anh co
policy-channels = Mật khẩu đi lần lượt: { $ways }. Đổi: /niem kenh thu, rieng
policy-channels-unclear = Nhắn các kênh theo thứ tự, ví dụ: /niem kenh rieng, khac, thu, trang. Như ban đầu: /niem kenh macdinh
channel-chat = chat riêng
channel-other = chat riêng ở ứng dụng khác
channel-mail = thư công vụ
channel-page = trang xem một lần
policy-foot = Trưởng nhóm và phó nhóm đổi được.
policy-changed = Đã đổi cách giữ tệp
policy-see-all = Xem tất cả: /niem chinhsach
channel-off = { $way } (chưa bật)
policy-leaders-only = Chỉ trưởng nhóm và phó nhóm đổi được cách giữ tệp. Xem hiện tại: /niem chinhsach
policy-keep-unclear = Lưu bao nhiêu ngày? Nhắn số từ 1 đến 3650, ví dụ: /niem giu 30
policy-yes-or-no = Nhắn "co" hoặc "khong", ví dụ: /niem macro khong
policy-way-chat = Gửi tệp vào nhóm chat. Đổi: /niem chinhsach thu (hoặc hoi)
policy-way-mail = Gửi tệp qua thư công vụ, nhóm chat chỉ có thông báo. Đổi: /niem chinhsach nhom (hoặc hoi)
policy-way-ask = Mỗi lần hỏi người gửi: thư công vụ hay nhóm chat. Đổi: /niem chinhsach thu (hoặc nhom)
policy-way-unclear = Nhắn "nhom", "thu" hoặc "hoi", ví dụ: /niem chinhsach thu
policy-no-mail = Chưa gửi tệp qua thư công vụ được: hệ thống chưa có hộp thư. Tệp vẫn gửi vào nhóm chat; hỏi quản trị khi cần.

seal-which-way = Gửi tệp { $name } qua thư công vụ hay vào nhóm chat?
seal-way-mail = Thư công vụ
seal-way-chat = Nhóm chat
seal-no-mail = Nhóm gửi tệp qua thư công vụ nhưng hệ thống chưa có hộp thư nên chưa niêm. Báo quản trị, hoặc trưởng nhóm nhắn: /niem chinhsach nhom
seal-no-addresses = Nhóm gửi tệp qua thư công vụ nhưng chưa ai ghi địa chỉ nên chưa niêm. Từng người nhắn riêng bot: /thudientu an@quangtri.gov.vn
notice-mailing = Tệp đang gửi tới thư công vụ của từng người, không gửi vào nhóm chat.
notice-mailed = Tệp đã gửi tới thư công vụ của { $arrived }/{ $of } người, không gửi vào nhóm chat.
notice-register = Chưa có địa chỉ thư: nhắn riêng bot /thudientu và địa chỉ.
mailed-head = Tệp #{ $number } của { $group }, người gửi: { $sender }
mailed-password = Mật khẩu không gửi qua thư. Xem trong chat riêng với bot: /matkhau { $number }
mail-late = Thư có Tệp #{ $number } chưa tới được: { $names }. Máy chủ thư chưa nhận; bot tiếp tục gửi lại trong 24 giờ, anh/chị chưa cần làm gì.
mail-missing = Tệp #{ $number } chưa gửi được qua thư công vụ cho: { $names }. Nhờ từng người nhắn riêng bot địa chỉ đúng: /thudientu an@quangtri.gov.vn

link-which = Tạo liên kết cho ai, tệp nào? Nhắn riêng, ví dụ: /motlan 7 Chi
link-not-yours = Chỉ người gửi, trưởng nhóm hoặc phó nhóm tạo được liên kết cho Tệp #{ $number }. Nhờ một người trong số đó.
link-not-entitled = { $name } không ở trong số người nhận Tệp #{ $number }. Niêm và gửi lại tệp để có tên trong số đó.
link-no-address = Hệ thống chưa có địa chỉ web nên chưa tạo được liên kết một lần. Đọc mật khẩu qua điện thoại, hoặc hỏi quản trị.
link-head = Liên kết xem mật khẩu Tệp #{ $number }, chỉ cho { $name }:
link-foot = Gửi bằng SMS hoặc thư công vụ, không gửi vào nhóm có tệp. Xem được một lần, trong 24 giờ; khi có người mở, bot báo anh/chị.
link-foot-by-mail = Gửi bằng SMS, không gửi vào hộp thư có tệp. Xem được một lần, trong 24 giờ; khi có người mở, bot báo anh/chị.
link-revealed = { $name } vừa mở liên kết xem mật khẩu Tệp #{ $number }. Nếu không phải người đó, nhắn: /thuhoi { $number }
link-closed = Liên kết xem mật khẩu Tệp #{ $number } của { $name } đã đóng vì nhập sai mã { $tries } lần. Tạo liên kết mới: /motlan { $number } { $name }
pages-room = Chưa gửi riêng được mật khẩu Tệp #{ $number } cho { $count } người. Mỗi người mở liên kết của mình rồi nhập mã do { $teller } báo qua điện thoại; hoặc mở chat riêng với bot, mật khẩu tự đến.
pages-teller = Chưa gửi riêng được mật khẩu Tệp #{ $number } cho { $count } người. Trong nhóm đã có liên kết cho từng người, mở một lần, trong 24 giờ, bằng mã dưới đây. Anh/chị báo mã qua điện thoại hoặc gặp trực tiếp, không nhắn mã vào nhóm.

page-title = Mật khẩu tệp
page-once = Mật khẩu chỉ hiện một lần. Khi đã sẵn sàng chép lại hoặc mở tệp, bấm nút dưới đây.
page-show = Xem mật khẩu
page-password = Mật khẩu Tệp #{ $number } ({ $name }), cho { $person }:
page-keep = Trang này không mở lại được. Không gửi mật khẩu vào nhóm chat.
page-code-asked = Mật khẩu hiện sau khi nhập mã 6 số. Người gửi tệp báo mã qua điện thoại hoặc gặp trực tiếp.
page-code = Mã 6 số
page-code-wrong = Mã chưa đúng, còn { $left } lần nhập. Hỏi lại người gửi tệp.
page-gone = Liên kết đã được dùng, đã hết hạn hoặc không đúng. Nhờ người gửi tệp tạo liên kết mới.

plain-posted = Tệp này chưa có mật khẩu. Người gửi chọn bên dưới để bot niêm giúp; không cần thì bỏ qua.
plain-button = Niêm giúp
policy-plain-off = Tệp thường trong nhóm: để yên. Đổi: /niem tepthuong nhac
policy-plain-warn = Tệp thường trong nhóm: nhắc người gửi. Đổi: /niem tepthuong thay
policy-plain-replace = Tệp thường trong nhóm: niêm ngay và gỡ bản gốc. Đổi: /niem tepthuong nhac
policy-plain-unclear = Nhắn "tat", "nhac" hoặc "thay", ví dụ: /niem tepthuong nhac
