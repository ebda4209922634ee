# What the machine itself says, whatever the capability.

refuse-no-group = Anh/chị chưa ở nhóm công tác nào. Vào nhóm chat của cơ quan và chọn Tham gia, hoặc nhắn /batdau.
refuse-no-group-here = Nhóm chat này chưa lập nhóm công tác. Quản trị viên nhắn: /thietlap Tên nhóm
refuse-not-a-member = Anh/chị chưa tham gia nhóm công tác này. Nhắn /thamgia trong nhóm chat để tham gia.
refuse-role = Việc này dành cho: { $who }. Anh/chị có thể nhờ trưởng nhóm.
refuse-room-only = Lệnh này dùng trong nhóm chat của nhóm công tác.
refuse-private-only = Lệnh này dùng trong chat riêng với bot.
refuse-unknown-command = Chưa có lệnh này. Nhắn /trogiup để xem các lệnh.
refuse-unknown-command-near = Chưa có lệnh này. Có phải anh/chị muốn /{ $guess }? Nhắn /trogiup để xem các lệnh.
refuse-flood-person = Anh/chị gửi hơi nhanh, tin vừa rồi chưa được xử lý. Xin chờ một phút rồi gửi lại.
refuse-flood-group = Nhóm đang gửi hơi nhanh, tin vừa rồi chưa được xử lý. Xin chờ một phút rồi gửi lại; trưởng nhóm, phó nhóm vẫn gửi được.
refuse-unclear = Chưa hiểu ý anh/chị. Xem việc: /viec. Lịch trực: /truc. Nhắn /trogiup để xem các lệnh.
ask-command = Ý anh/chị là lệnh này?
    { $line }
ask-command-yes = Đúng, làm
ask-command-no = Không
question-left = Đã bỏ qua câu hỏi này, chưa làm gì.
question-may-be-left = Không cần nữa thì nhắn: thôi
refuse-file-unclear = Đã thấy tệp. Gửi lại kèm chú thích /vanban (vào sổ công văn) hoặc /niem (đặt mật khẩu), hoặc trả lời tệp bằng lệnh đó.
refuse-old-button = Lựa chọn này không còn dùng được. Nhắn /viec để xem tình hình hiện tại.
refuse-not-your-question = Câu hỏi này dành cho người khác.
refuse-not-an-option = Chưa rõ lựa chọn. Chọn một trong các mục, hoặc trả lời bằng số.
sorry-our-fault = Xin lỗi, có lỗi phía hệ thống nên chưa làm được việc này (mã { $id }). Vui lòng thử lại; nếu vẫn lỗi, báo mã này cho quản trị.
sent-to-you-privately = Đã gửi vào chat riêng.
which-group = Việc này cho nhóm nào?
came-another-way = (Gửi qua đây vì { $messenger } đang gián đoạn.)
messenger-telegram = Telegram
messenger-zalo-bot = Zalo
messenger-zalo-oa = Zalo OA
file-not-carried = 📎 { $name }: kênh chat này không chuyển được tệp. Nhận ở ứng dụng chat khác, hoặc hỏi người giữ tệp.
may-repeat = (có thể lặp)
role-leader = trưởng nhóm
role-deputy = phó nhóm
role-clerk = văn thư
role-member = thành viên

answer-with-number = Trả lời số để chọn, ví dụ: { $example }
answer-with-number-in-room = Trả lời tin này (hoặc nhắc tên bot) kèm số để chọn, ví dụ: { $example }
zalo-connected = Đã nối Official Account với Giao Ban. Có thể đóng trang này.
zalo-not-connected = Chưa nối được Official Account. Chạy lại giaoban zalo login và mở đường dẫn mới.
