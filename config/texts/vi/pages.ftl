# Pages on the web for fetching and handing in files, and the messages about them.

command-upload = Lấy liên kết gửi tệp cho nhóm qua trang web

page-size-kb = { $size } KB
page-size-mb = { $whole },{ $tenth } MB

fetch-button = Tải tệp
fetch-link = Liên kết tải Tệp #{ $number }, chỉ cho anh/chị:
fetch-link-foot = Mở liên kết, bấm nút, nhập mã bot nhắn riêng. Dùng được { $uses } lần trong { $hours } giờ.
fetch-no-address = Hệ thống chưa có địa chỉ web nên chưa tạo được liên kết tải Tệp #{ $number }. Hỏi quản trị.
fetch-open-private = Bot chưa nhắn riêng được cho anh/chị. Mở chat riêng với bot, nhắn /batdau, rồi chọn lại Tải tệp.
fetch-code = Mã mở trang tải tệp (trong { $minutes } phút):
fetch-code-keep = Không đưa mã cho người khác. Nếu anh/chị không mở trang này, không cần làm gì.
fetch-closed = Liên kết tải Tệp #{ $number } đã đóng vì nhập sai mã { $tries } lần. Khi cần, chọn lại Tải tệp.

fetch-page-title = Tải tệp
fetch-page-front = Bấm nút dưới đây. Bot sẽ gửi mã vào chat riêng của anh/chị.
fetch-page-start = Gửi mã cho tôi
fetch-page-code-sent = Bot đã gửi mã 6 số vào chat riêng của anh/chị. Xem mã, rồi nhập vào đây.
fetch-page-code = Mã 6 số
fetch-page-open = Mở tệp
fetch-page-again = Gửi mã khác
fetch-page-code-wrong = Mã chưa đúng. Xem lại tin mới nhất của bot; còn { $left } lần nhập.
fetch-page-code-over = Mã đã hết hạn hoặc đã dùng. Bấm Gửi mã khác.
fetch-page-no-more-codes = Đã gửi quá nhiều mã cho liên kết này. Quay lại chat, lấy liên kết mới.
fetch-page-unreachable = Bot chưa nhắn riêng được cho anh/chị. Mở chat riêng với bot, nhắn /batdau, rồi bấm lại nút này.
fetch-page-gone = Liên kết đã hết hạn, đã dùng hết số lần hoặc không đúng. Quay lại chat, lấy liên kết mới.
fetch-page-file = Tệp #{ $number }
fetch-page-keep-plain = Nút tải dùng được trong { $minutes } phút. Tải xong, đóng trang này.
fetch-closed-file = Liên kết tải "{ $name }" đã đóng vì nhập sai mã { $tries } lần. Khi cần, xin lại tệp trong chat.
fetch-page-keep = Nút tải dùng được trong { $minutes } phút. Mở tệp bằng mật khẩu bot đã gửi riêng.
fetch-page-fetch = Tải về

handin-link = Liên kết gửi tệp cho nhóm { $group }:
handin-link-foot = Mở liên kết và chọn tệp. Chỉ dùng cho anh/chị, không chuyển tiếp. Gửi được { $files } tệp trong { $minutes } phút.
handin-open-private = Bot chưa nhắn riêng được cho anh/chị. Mở chat riêng với bot rồi nhắn: /guitep
handin-unheard = Kênh chat này không chuyển tệp cho bot. Nhắn /guitep, chọn nhóm, rồi gửi tệp qua trang web.
handin-unheard-no-address = Kênh chat này không chuyển tệp cho bot. Công văn: nhắn /vanban kèm số, ký hiệu, ngày, trích yếu.
handin-no-address = Hệ thống chưa có địa chỉ web nên chưa tạo được liên kết gửi tệp. Gửi tệp trong chat kèm /niem, hoặc hỏi quản trị.

handin-page-title = Gửi tệp cho nhóm
handin-page-front = Tệp được kiểm tra và niêm như khi gửi trong chat, rồi bot đưa vào nhóm. Không gửi tài liệu mang dấu mật.
handin-page-patience = Tệp lớn có thể cần vài phút. Chờ đến khi trang báo đã nhận.
handin-page-file = Chọn hoặc kéo tệp vào đây (đến { $most } MB)
handin-page-seal = Gửi cho nhóm (niêm bằng mật khẩu)
handin-page-letter = Công văn đến: đọc và vào sổ
handin-page-send = Gửi tệp
handin-page-taken = Đã nhận tệp:
handin-page-next = Kết quả có trong chat riêng với bot. Có thể đóng trang này.
handin-page-another = Gửi tệp khác
handin-page-too-large = Tệp quá lớn. Trang nhận tệp đến { $most } MB: giảm dung lượng hoặc chia nhỏ tệp, rồi gửi lại.
handin-page-no-file = Chưa thấy tệp, hoặc tệp trống. Chọn tệp rồi bấm Gửi tệp.
handin-page-broken = Tệp chưa tới trọn vẹn. Kiểm tra mạng, rồi chọn lại tệp và gửi lại.
handin-page-busy = Đang nhận một tệp qua liên kết này. Chờ xong rồi gửi tiếp.
handin-page-gone = Liên kết đã dùng, đã hết hạn hoặc không đúng. Nhắn bot /guitep để lấy liên kết mới.
