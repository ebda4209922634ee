# giaoban doctor: nói với người vận hành
doctor-healthy = Không có gì bị kẹt.
doctor-troubles = { $count } việc cần xử lý, xem các dòng có dấu KẸT.
doctor-running = Chương trình đang chạy.
doctor-stopped = Chương trình không chạy, hoặc không trả lời ở cổng đã đặt.
    → Nếu phải đang chạy: khởi động dịch vụ. Không lên thì chạy giaoban check và đọc dòng cuối của nhật ký.
doctor-no-key = Chưa có GIAOBAN_SECRET_KEY, nên không gì được mã hóa hay mở ra.
    → Tìm lại khóa cũ (đừng tạo khóa mới cho dữ liệu cũ), đặt vào thiết lập, chạy lại.
doctor-wrong-key = Khóa hiện tại không mở được bí mật đã lưu.
    → Đặt lại khóa cũ, hoặc thêm nó sau khóa mới, cách bằng dấu phẩy; rồi chạy giaoban verify. Mất hẳn khóa cũ: tệp và mật khẩu cũ mất, việc và sổ vẫn còn.
doctor-no-messenger = Chưa có ứng dụng chat nào được thiết lập.
    → Đặt token của Zalo hoặc Telegram như trong README, rồi chạy giaoban check.
doctor-no-database = Không có cơ sở dữ liệu ở { $place }.
    → Nếu vừa cài đặt: chạy giaoban run. Nếu không: xem lại GIAOBAN_DATA_DIR, hoặc khôi phục bản sao lưu.
doctor-database-silent = Cơ sở dữ liệu không trả lời ({ $kind }).
    → Xem máy chủ PostgreSQL có chạy không, địa chỉ và mật khẩu trong GIAOBAN_DATABASE_URL, quyền đọc thư mục dữ liệu.
doctor-database-unusable = Không dùng được cơ sở dữ liệu ở { $place } ({ $kind }).
    → Xem đĩa còn chỗ không, thư mục thuộc về ai. SQLITE_CORRUPT, SQLITE_NOTADB: giữ nguyên tệp, khôi phục bản sao lưu.
doctor-database-lost = Chương trình đang chạy nhưng không hỏi được cơ sở dữ liệu.
    → Lo cho cơ sở dữ liệu (các dòng dưới); không khởi động lại Giao Ban, có lại thì tự làm tiếp.
doctor-moved = Cơ sở dữ liệu này đã được chuyển sang { $other }.
    → Đặt GIAOBAN_DATABASE_URL tới đó rồi khởi động. Chuyển dở: chạy lại đúng lệnh giaoban move. Đổi ý: giaoban move --stay.
doctor-half-moved = Cơ sở dữ liệu này mới được chuyển tới một phần, từ { $other }.
    → Chạy lại đúng lệnh giaoban move, với thiết lập của cơ sở dữ liệu cũ, đến khi xong.
doctor-tables-older = Bảng dữ liệu còn ở bản { $theirs }, chương trình này cần bản { $ours }.
    → Khởi động dịch vụ bằng chương trình này: bảng tự được chuyển lên. Sao lưu trước.
doctor-tables-later = Bảng dữ liệu ở bản { $theirs } của một phiên bản mới hơn (chương trình này: { $ours }). Vẫn chạy được; phần mới chờ phiên bản mới.
doctor-messenger-down = { $messenger } không nối được: { $problem }.
    → Chạy giaoban check. Thường là mạng, proxy, hoặc token đã bị thu hồi.
doctor-messenger-waits = Chưa ghi được tin đến từ { $messenger }; { $messenger } giữ tin và gửi lại.
    → Xem các dòng về đĩa và cơ sở dữ liệu; chữa xong thì tự nhận tiếp.
doctor-clock-off = Đồng hồ máy này lệch { $long } so với { $than }.
    → Bật đồng bộ giờ: timedatectl set-ntp true. Nhắc hạn đi theo đồng hồ này.
doctor-clock-back = Tin gần nhất được ghi ở tương lai { $long }: đồng hồ đã bị vặn lùi.
    → Kiểm tra giờ bằng timedatectl, bật đồng bộ giờ.
doctor-disk = Đĩa chứa dữ liệu sắp đầy: còn { $megabytes } MB ({ $percent } %).
    → Giải phóng chỗ hoặc chuyển thư mục dữ liệu. Đừng xóa tệp -wal.
doctor-events-stuck = { $count } tin đã nhận nhưng chưa xử lý, tin lâu nhất đã { $long }.
    → Xem nhật ký (mức error), rồi khởi động lại dịch vụ; tin không mất.
doctor-events-wait = { $count } tin đã nhận đang chờ, tin lâu nhất đã { $long }, vì chương trình không chạy.
    → Khởi động dịch vụ; các tin này được xử lý ngay.
doctor-events-failed = { $count } tin trong 24 giờ qua bị lỗi khi xử lý và được gác lại.
    → Tìm "an event could not be handled" trong nhật ký; gửi mã lỗi cho người bảo trì. Người gửi đã được báo.
doctor-messages-not-set-up = Có tin chờ gửi qua { $messenger } đã { $long }, nhưng { $messenger } không được thiết lập.
    → Đặt lại token của { $messenger }, hoặc để người nhận nối tài khoản khác; tin chờ đến khi đó.
doctor-messages-wait = Có tin chờ gửi qua { $messenger } đã { $long }, vì chương trình không chạy.
    → Khởi động dịch vụ; tin được gửi ngay.
doctor-messages-down = Có tin chờ gửi qua { $messenger } đã { $long }, vì { $messenger } không nối được.
    → Chữa kết nối (dòng trên); tin tự đi khi nối lại được.
doctor-messages-refused = Có tin chờ gửi qua { $messenger } đã { $long }, dù đang nối được: { $messenger } từ chối hoặc bắt chờ.
    → Tìm "a message did not arrive" trong nhật ký để biết lý do; xem giaoban_limit_used_ratio có gần 1 không.
doctor-messages-dead = { $count } tin qua { $messenger } trong 24 giờ qua không bao giờ tới (người nhận chặn bot, nhóm đã xóa).
doctor-due-stuck = { $count } việc hẹn giờ chưa chạy, việc lâu nhất trễ { $long }.
    → Xem nhật ký (mức error), rồi khởi động lại dịch vụ.
doctor-due-wait = { $count } việc hẹn giờ chưa chạy, việc lâu nhất trễ { $long }, vì chương trình không chạy.
    → Khởi động dịch vụ; mỗi việc chạy một lần, có ghi là muộn.
doctor-jobs-fail = { $count } việc loại { $kind } hỏng nhiều lần, nhiều nhất { $tries } lần.
    → Tìm "a job failed" và "a due row failed" trong nhật ký; chương trình vẫn tự thử lại mỗi giờ.
doctor-backup-old = Bản sao lưu gần nhất đã { $long }.
    → Chạy giaoban backup vào nơi khác, rồi giaoban verify --data cho bản đó.
doctor-backup-none = Chưa sao lưu lần nào.
    → Chạy giaoban backup vào nơi khác, rồi giaoban verify --data cho bản đó. Giữ khóa riêng.
doctor-token-ends = Quyền của Zalo OA hết hạn sau { $long }.
    → Để quản trị viên OA đăng nhập lại: giaoban zalo login.
doctor-token-refused = Zalo OA chưa cho chương trình vào, hoặc đã thu hồi.
    → Để quản trị viên OA đăng nhập: giaoban zalo login.
doctor-minutes = { $count } phút
doctor-hours = { $count } giờ
doctor-days = { $count } ngày
forgotten-person = Người đã xóa #{ $id }
forget-say-yes = Chưa làm gì. Nếu đúng người này, chạy lại với --yes; không hoàn tác được, trừ khi khôi phục bản sao lưu.
forget-leads = Chưa làm gì: người này là trưởng nhóm duy nhất của { $groups }. Để người này giao lại quyền trước (/vaitro).
forget-done = Đã xóa thông tin của người #{ $id }: tên thay ở { $cells } chỗ, { $entries } dòng nhật ký kiểm toán.
forget-backups = Bản sao lưu làm trước lúc này ({ $at }) vẫn còn thông tin này, cho đến khi bị xóa; { $last ->
        [none] chương trình không biết bản nào đã được làm.
       *[other] bản gần nhất chương trình biết: { $last }.
    }
    → Xóa các bản đó khi hết hạn giữ, cả bản dump, ảnh đĩa và WAL lưu riêng. Khôi phục một bản như vậy thì chạy lại ngay: giaoban forget "#{ $id }" --yes
forget-vault = Tệp trong kho có thể nhắc tên người này bên trong: tệp đã niêm còn đến hết hạn giữ của nhóm, tệp công văn là hồ sơ nên còn mãi. Tin đã gửi nằm trên điện thoại mọi người.
forget-shared = Tên này có người khác dùng chung hoặc chỉ một chữ, nên trong các văn bản do người khác viết tên được giữ nguyên.
doctor-mark = KẸT
