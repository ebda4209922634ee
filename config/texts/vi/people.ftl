command-setup = Lập nhóm công tác trong nhóm chat này
command-join = Tham gia nhóm công tác
command-members = Xem thành viên và ai chưa tham gia
command-name = Ghi họ tên của mình
command-role = Đặt phó nhóm, văn thư, thành viên
command-office = Ghi tên cơ quan, để biết hạn nào của mình
command-invite = Lấy đường link mời vào nhóm chat
command-leave = Rời nhóm công tác
command-health = Kiểm tra quyền của bot trong nhóm chat
command-start = Mở chat riêng với bot
help-setup = Quản trị viên nhóm chat nhắn: /thietlap Tổ công tác số 1
    Người nhắn thành trưởng nhóm. Trưởng nhóm nhắn lại với tên khác để đổi tên; nhắn trong chủ đề khác để bot chuyển sang chủ đề đó.
    Chat riêng với Zalo OA: /thietlap MÃ Tên nhóm để bot lập nhóm chat và mời mọi người.
help-members = /thanhvien cho biết vai trò, ai chưa mở chat riêng, ai có trong nhóm chat mà chưa tham gia.
help-name = /ten Nguyễn Văn An
    Họ tên này dùng khi giao việc và trong danh sách. Nhắn /ten để xem tên hiện tại.
help-role = /vaitro @binh phó (hoặc: văn thư, thành viên)
    /vaitro @binh trưởng để bàn giao vai trò trưởng nhóm.
help-office = /coquan Sở Nội vụ tỉnh Quảng Trị; SNV; Sở LĐTBXH
    Ghi tên đầy đủ, tên viết tắt, tên cũ, cách nhau bằng dấu chấm phẩy. Bot theo đó chọn hạn của đơn vị mình khi văn bản giao nhiều đơn vị. /coquan xem tên đang ghi, /coquan xóa để bỏ.
help-invite = Người dùng đường link gửi lời xin vào nhóm; trưởng nhóm hoặc phó nhóm duyệt bằng một lần chọn.
help-health = /kiemtra cho biết bot còn thiếu quyền gì và cách cấp.

join-card = Nhóm công tác, { $joined } người đã tham gia. Chọn Tham gia để nhận việc, lịch trực và nhắc hạn.
join-button = Tham gia
join-done = Đã tham gia nhóm công tác
join-done-open = Đã tham gia. Bấm tiếp Mở chat riêng để nhận việc
join-already = Anh/chị đã ở trong nhóm công tác
join-anonymous = Anh/chị đang nhắn ẩn danh nên chưa rõ là ai. Tắt ẩn danh rồi làm lại.
join-in-room = Vào nhóm chat của cơ quan và chọn Tham gia ở thẻ được ghim, rồi quay lại đây.
open-private = { $name }: mở chat riêng với bot một lần để nhận việc và nhắc hạn.
open-private-button = Mở chat riêng
and-more = { $names } và { $more } người khác

setup-admins-only = Lập nhóm công tác cần quản trị viên của nhóm chat. Nhờ quản trị viên nhắn: /thietlap Tên nhóm
setup-anonymous = Anh/chị đang nhắn ẩn danh nên chưa rõ là ai. Tắt ẩn danh rồi nhắn lại /thietlap Tên nhóm
setup-name-missing = Thêm tên nhóm sau lệnh: /thietlap Tổ công tác số 1
setup-done-already = Nhóm chat này đã là nhóm công tác "{ $name }". Nhắn /thanhvien để xem ai đã tham gia.
setup-moved = Từ nay nhóm công tác "{ $name }" dùng chủ đề này. Nhắn /trogiup để xem các lệnh.
setup-renamed = Nhóm công tác nay tên là "{ $name }". Nhắn /thanhvien để xem ai đã tham gia.
facts-unknown = Chưa hỏi được ứng dụng chat về quyền trong nhóm. Thử lại sau ít phút.

room-greeting = Xin chào. Bot giúp nhóm giao việc, nhắc hạn, vào sổ công văn và xếp lịch trực.
    Để bắt đầu, quản trị viên nhóm chat nhắn: /thietlap Tên nhóm
start-welcome = Xin chào. Bot giúp cơ quan giao việc, nhắc hạn, vào sổ công văn và xếp lịch trực.
    Nếu cơ quan đã có nhóm: vào nhóm chat và chọn Tham gia.
    Nếu chưa: chọn hoặc tạo nhóm chat, thêm bot vào, rồi nhắn trong nhóm: /thietlap Tên nhóm
start-pick-button = Chọn hoặc tạo nhóm chat
start-place = Hoặc thêm bot vào một nhóm chat có sẵn, rồi nhắn trong nhóm đó: /thietlap Tên nhóm
start-place-button = Thêm bot vào nhóm chat
start-at-home = Chat riêng đã mở. Anh/chị ở nhóm công tác:
start-next = Nhắn /viec để xem việc của mình, /trogiup để xem các lệnh.
start-in-room = Nhóm chat này là nhóm công tác "{ $name }". Nhắn /thamgia để tham gia, /trogiup để xem các lệnh.
private-open = Chat riêng đã mở: việc và nhắc hạn của nhóm "{ $group }" sẽ gửi tới đây. Nhắn /trogiup để xem các lệnh.
picked-known = Nhóm chat này là nhóm công tác "{ $name }" của anh/chị. Nhắn /trogiup để xem các lệnh.
picked-new = Đã chọn nhóm chat "{ $title }". Vào nhóm chat đó và nhắn: /thietlap Tên nhóm

members-heading = { $joined } người đã tham gia
members-unreachable = chưa mở chat riêng
members-missing = Có trong nhóm chat, chưa tham gia: { $names }. Nhờ chọn Tham gia.
page-next = Trang sau
page-before = Trang trước
name-now = Tên đang ghi: { $name }. Để đổi, nhắn: /ten Nguyễn Văn An
name-done = Đã ghi tên: { $name }. Trong nhóm, mọi người gọi tên này khi giao việc.
name-shared = Đã ghi tên: { $name }. Trong nhóm có người cùng tên; nên thêm tên đơn vị: /ten Nguyễn Văn An Phòng VH
name-unfit = Chưa ghi được tên này. Nhắn họ tên từ 2 đến 60 chữ, không có số: /ten Nguyễn Văn An

role-usage = Ghi người rồi đến vai trò: /vaitro @binh phó (hoặc: văn thư, thành viên, trưởng)
role-same = { $name } đang là { $role } rồi. Nhắn /thanhvien để xem vai trò của mọi người.
role-own = Trưởng nhóm đổi vai trò của mình bằng cách bàn giao: /vaitro @tên trưởng
role-done = { $name } nay là { $role }. Nhắn /thanhvien để xem vai trò của mọi người.
role-yours = Anh/chị nay là { $role } của nhóm công tác "{ $group }". Nhắn /trogiup để xem các lệnh.
answer-yes = Đồng ý
answer-no = Không
handover-asked = Bàn giao vai trò trưởng nhóm "{ $group }" cho { $name }? Anh/chị sẽ thành phó nhóm.
handover-done = Đã bàn giao cho { $name }. Anh/chị nay là phó nhóm.
handover-not-done = Không bàn giao; anh/chị vẫn là trưởng nhóm.
handover-left = Người này không còn trong nhóm công tác. Nhắn /thanhvien rồi chọn người khác.
leader-now = { $name } nay là trưởng nhóm công tác. Việc cần duyệt gửi tới { $name }.
leader-left = Trưởng nhóm { $name } đã rời nhóm. Đã hỏi { $deputy } nhận làm trưởng nhóm; anh/chị theo dõi việc đang mở bằng /viec.
leader-missing = Nhóm công tác "{ $group }" chưa có trưởng nhóm. Quản trị viên nhóm chat nhắn /thietlap để nhận.
takeover-asked = Nhóm công tác "{ $group }" cần trưởng nhóm mới: { $name } đã rời nhóm. Anh/chị nhận làm trưởng nhóm?
takeover-yes = Nhận
takeover-done = Anh/chị nay là trưởng nhóm công tác "{ $group }". Xem việc đang mở: /viec
takeover-passed = Đã ghi nhận. Phó nhóm tiếp theo được hỏi; khi không còn ai, nhóm chat được báo.
takeover-done-already = Nhóm công tác đã có trưởng nhóm. Nhắn /thanhvien để xem.

invite-link = Đường link mời vào nhóm chat "{ $group }". Ai dùng link sẽ xin vào, trưởng nhóm hoặc phó nhóm duyệt:
invite-failed = Chưa tạo được đường link mời. Cấp cho bot quyền mời người dùng rồi thử lại; xem /kiemtra trong nhóm chat.
invite-no-room = Bot không còn ở nhóm chat nào của nhóm công tác. Thêm lại bot vào nhóm chat rồi thử lại.
asks-to-join = { $name } xin vào nhóm chat "{ $group }". Đồng ý thì người này vào nhóm chat và nhóm công tác.
ask-admitted = { $name } đã được nhận vào nhóm ({ $by } duyệt). Đổi vai trò bằng /vaitro.
ask-declined = Lời xin vào nhóm của { $name } không được nhận ({ $by } trả lời).
ask-expired = Lời xin vào nhóm này đã quá hạn. Gửi lại đường link bằng /moi nếu cần.
ask-answered-already = Lời xin này đã được trả lời. Nhắn /thanhvien để xem ai đã tham gia.
ask-passed-on = Đã chuyển lời xin vào nhóm "{ $group }" tới trưởng nhóm. Vui lòng chờ duyệt.
ask-welcome = Anh/chị đã được nhận vào nhóm công tác "{ $group }". Nhắn /ten Họ và tên để ghi tên mình.

leave-asked = Rời nhóm công tác "{ $group }"? Anh/chị sẽ không nhận việc và nhắc hạn của nhóm nữa.
leave-yes = Rời nhóm
leave-done = Đã rời nhóm công tác "{ $group }". Muốn vào lại, nhắn /thamgia trong nhóm chat.
leave-not-done = Anh/chị vẫn ở trong nhóm công tác.
leave-leader-first = Trưởng nhóm cần bàn giao trước khi rời: /vaitro @tên trưởng
left-group = { $name } đã rời nhóm công tác "{ $group }". Việc đang mở của người này cần giao lại; xem /viec.
left-chat = { $name } đã rời nhóm chat nên không còn trong nhóm công tác "{ $group }". Việc đang mở của người này cần giao lại; xem /viec.
left-admin = Quản trị viên { $name } đã rời nhóm chat của "{ $group }". Nhắn /kiemtra trong nhóm chat để kiểm tra quyền của bot.
admin-lost = { $name } không còn là quản trị viên nhóm chat của "{ $group }". Nhắn /kiemtra trong nhóm chat để kiểm tra quyền của bot.
admin-lost-leader = Anh/chị không còn là quản trị viên nhóm chat, và vẫn là trưởng nhóm công tác "{ $group }". Cần bàn giao thì nhắn /vaitro @tên trưởng
bot-removed = Bot đã bị đưa ra khỏi nhóm chat "{ $title }". Việc và sổ của nhóm "{ $group }" được giữ nguyên; nhắc hạn vẫn gửi vào chat riêng. Thêm lại bot để dùng tiếp trong nhóm.
bot-back = Bot đã trở lại; mọi việc của nhóm công tác "{ $group }" được giữ nguyên. Nhắn /viec để xem việc đang mở.

health-heading = Quyền của bot trong nhóm chat
health-has = • Có: { $what }
health-lacks = • Thiếu: { $what }
right-delete-messages = xóa tin nhắn (xóa tệp gốc khi niêm)
right-pin-messages = ghim tin nhắn (ghim thẻ Tham gia)
right-invite-users = mời người dùng (đường link /moi)
health-how = Cách cấp: mở thông tin nhóm, Quản trị viên, chọn bot, bật các quyền còn thiếu, rồi nhắn lại /kiemtra.
health-how-admin = Cách cấp: mở thông tin nhóm, Quản trị viên, Thêm quản trị viên, chọn bot, bật các quyền trên, rồi nhắn lại /kiemtra.
health-auto-delete = Nhóm chat đang tự xóa tin nhắn: thẻ việc sẽ mất. Nên tắt tự xóa trong thông tin nhóm.
health-people = Đã tham gia: { $joined } người; chưa mở chat riêng: { $unreached }. Xem /thanhvien.
health-no-group = Chưa lập nhóm công tác. Quản trị viên nhắn: /thietlap Tên nhóm
health-all-well = Mọi thứ đã sẵn sàng. Nhắn /trogiup để xem các lệnh.

person-unknown = Chưa rõ "{ $name }" là ai. Ghi @tên hoặc tên như trong /thanhvien.
person-not-joined = Chưa thấy { $name } trong nhóm công tác. Nhờ chọn Tham gia trong nhóm chat, rồi làm lại.
person-ambiguous = Có hơn một người tên "{ $name }": { $options }. Ghi rõ @tên, hoặc nhờ đặt tên khác nhau bằng /ten.

command-link = Nối tài khoản trên ứng dụng chat khác
command-room = Nối thêm một nhóm chat vào nhóm công tác
zalo-usage-people = Bot Zalo đã có { $people } người, gói miễn phí nhận 50. Nhờ quản trị thêm bot thứ hai (token, cách nhau bằng dấu phẩy). Tháng { $month }: { $messages } tin.
zalo-usage-messages = Bot Zalo đã dùng { $messages } trong 3000 tin của tháng { $month } ({ $people } người). Bot sẽ gộp tin nhiều hơn; nhờ quản trị thêm bot hoặc dùng Zalo OA.
command-here = Nhận tin riêng ở tài khoản này
here-done = Từ nay tin riêng gửi về đây. Muốn đổi, nhắn /nhanday ở ứng dụng chat khác.
link-code = Mở ứng dụng chat kia, nhắn riêng cho bot trong 10 phút:
link-done = Đã nối tài khoản này với { $name }. Nhắn /viec để xem việc.
link-told = Tài khoản của anh/chị vừa được nối với một tài khoản { $messenger }. Nếu không phải anh/chị, báo ngay trưởng nhóm.
room-code = Trong nhóm chat cần nối thêm, nhắn trong 10 phút:
room-leaders-only = Nối thêm nhóm chat dành cho trưởng nhóm, phó nhóm. Nhắn /noinhom trong nhóm công tác.
code-wrong = Mã không đúng hoặc đã hết hạn. Lấy mã mới rồi thử lại.
code-too-often = Mã sai nhiều lần. Chờ 10 phút rồi thử lại với mã mới.
setup-code-needed = Ứng dụng chat này không cho biết ai là quản trị. Nhờ quản trị hệ thống cấp mã, rồi nhắn: /thietlap MÃ Tên nhóm

command-email = Ghi thư công vụ để nhận tệp và mật khẩu
email-none = Chưa có thư công vụ của anh/chị. Nhắn địa chỉ để nhận tệp qua thư, ví dụ: /thudientu an@quangtri.gov.vn
email-now = Thư công vụ của anh/chị: { $address }. Đổi: /thudientu và địa chỉ mới. Bỏ: /thudientu xoa
email-not-set-up = Hệ thống chưa có hộp thư để gửi nên chưa ghi được thư công vụ. Hỏi quản trị hệ thống.
email-not-official = Chỉ nhận thư công vụ thuộc: { $domains }. Nhắn lại, ví dụ: /thudientu an@quangtri.gov.vn
email-too-often = Hôm nay đã gửi nhiều mã xác nhận. Kiểm tra hộp thư, cả thư rác, hoặc thử lại ngày mai.
email-sent = Đã gửi mã xác nhận tới địa chỉ đó, dùng trong { $minutes } phút. Mở hộp thư (xem cả thư rác) và nhắn mã vào đây.
email-code-head = Mã xác nhận thư công vụ của { $name }
email-code-foot = Nhắn mã này cho bot trong chat riêng. Nếu không phải anh/chị yêu cầu, bỏ qua thư này và không đưa mã cho ai.
email-confirmed = Đã ghi thư công vụ { $address }. Tệp đã niêm sẽ gửi tới đó khi nhóm gửi qua thư. Xem lại: /thudientu
email-forgotten = Đã bỏ thư công vụ của anh/chị. Ghi lại bất cứ lúc nào: /thudientu và địa chỉ.
email-taken-over = Thư công vụ { $address } vừa được người khác xác nhận nên không còn là của anh/chị. Nếu không đúng, báo ngay quản trị hệ thống.
email-nobody = Máy chủ thư báo không có địa chỉ đó. Kiểm tra lại rồi nhắn: /thudientu và địa chỉ đúng.
email-not-arrived = Thư có mã xác nhận chưa tới được. Thử lại sau: /thudientu và địa chỉ, hoặc hỏi quản trị hệ thống.
name-of-a-leader = Trưởng nhóm hoặc phó nhóm đang mang tên này. Ghi thêm tên đệm hoặc đơn vị: /ten Trần Thị Lan (Văn phòng)

command-confirm = Xác nhận tài khoản mới của người có vai trò
help-confirm = Tài khoản mới được nối với người có vai trò phải được trưởng nhóm hoặc phó nhóm khác xác nhận mới ra lệnh và nhận tin riêng được. Nhắn /xacnhan để xem tài khoản đang chờ.
    Nhóm chỉ có trưởng nhóm: xác nhận từ tài khoản cũ, hoặc xin mã của quản trị hệ thống rồi nhắn: /xacnhan MÃ
refuse-new-account = Tài khoản này mới được nối nên nhóm chưa nhận lệnh và chưa gửi tin riêng tới đây. Nhờ trưởng nhóm hoặc phó nhóm khác xác nhận, hoặc xem /trogiup xacnhan.
new-account-asked = { $name } ({ $role }, nhóm "{ $group }") vừa có thêm tài khoản { $messenger }. Hỏi lại người này, rồi chọn Đúng để tài khoản mới ra lệnh và nhận tin được.
new-account-yes = Đúng
new-account-no = Không phải
new-account-done = Đã xác nhận tài khoản { $messenger } của { $name } ({ $by } xác nhận). Xem thành viên: /thanhvien
new-account-cut = Đã tách tài khoản { $messenger } khỏi { $name } ({ $by } trả lời). Kiểm tra việc vừa giao: /viec
new-account-confirmed = Tài khoản này đã được xác nhận ở nhóm "{ $group }", dùng được vai trò của anh/chị. Nhắn /trogiup để xem các lệnh.
new-account-refused = Tài khoản này không còn nối với { $name }. Nếu nhầm, nhắn /lienket từ tài khoản cũ để nối lại.
new-account-waits = Nhóm "{ $group }" nhận lệnh và gửi tin tới đây sau khi tài khoản này được xác nhận. Xem cách làm: /trogiup xacnhan
new-account-not-yours = Việc xác nhận này dành cho trưởng nhóm hoặc phó nhóm khác, bằng tài khoản đã được xác nhận.
new-account-none = Không có tài khoản nào chờ xác nhận ở nhóm này. Nhắn /thanhvien để xem thành viên.
new-account-answered = Tài khoản này đã được trả lời. Nhắn /thanhvien để xem thành viên.
office-names = Tên cơ quan đang ghi: { $names }. Đổi: /coquan Tên đầy đủ; tên viết tắt; tên cũ
office-none = Chưa ghi tên cơ quan, nên mọi hạn trong văn bản đều coi là của đơn vị mình. Trưởng nhóm ghi: /coquan Tên đầy đủ; tên viết tắt; tên cũ
office-set = Đã ghi tên cơ quan: { $names }. Áp dụng cho văn bản gửi từ bây giờ.
office-forgotten = Đã bỏ tên cơ quan. Mọi hạn trong văn bản lại coi là của đơn vị mình.
office-too-many = Ghi nhiều nhất { $most } tên, mỗi tên không quá { $longest } chữ. Bớt rồi nhắn lại.
zalo-account-ends = Quyền dùng Zalo OA hết hạn sau { $days } ngày. Nhờ quản trị hệ thống đăng nhập lại: giaoban zalo login
zalo-account-ended = Zalo OA đã ngừng nhận tin của bot. Nhờ quản trị hệ thống đăng nhập lại ngay: giaoban zalo login
open-private-write-to = Tìm trong Zalo và nhắn cho: { $bot }
command-phone = Ghi số điện thoại để nhận tin báo ngắn khi Zalo không cho bot nhắn
help-phone = Khi quá 7 ngày anh/chị không nhắn gì, Zalo chỉ cho gửi tin báo ngắn theo số điện thoại. Nhắn riêng: /sodienthoai 0901234567. Trưởng nhóm ghi hộ: /sodienthoai Trần Văn An 0901234567. Xóa số: /sodienthoai xoa
phone-none = Chưa có số điện thoại nào được ghi. Ghi số: /sodienthoai 0901234567
phone-now = Số đang ghi: { $number }. Đổi: /sodienthoai 0901234567. Xóa: /sodienthoai xoa
phone-done = Đã ghi số { $number }. Số này chỉ dùng để gửi tin báo ngắn qua Zalo. Xóa: /sodienthoai xoa
phone-done-for = Đã ghi số { $number } cho { $name }. Người này xem hoặc xóa bằng /sodienthoai.
phone-told = { $by } đã ghi số điện thoại { $number } cho anh/chị để gửi tin báo ngắn qua Zalo. Xóa: /sodienthoai xoa
phone-forgotten = Đã xóa số điện thoại. Ghi lại khi cần: /sodienthoai 0901234567
phone-unfit = Chưa đọc được số. Nhắn số di động 10 chữ số: /sodienthoai 0901234567
phone-not-used = Đơn vị chưa dùng tin báo qua số điện thoại nên bot không ghi số. Hỏi người quản trị nếu cần.

command-delegate = Ủy quyền phó nhóm trong thời gian vắng mặt
help-delegate = /uyquyen @binh từ 23/11 đến hết 27/11
    Người được ủy quyền là phó nhóm trong những ngày đó, rồi trở lại vai trò cũ. /uyquyen xem ai đang được ủy quyền, /uyquyen bỏ @binh để thôi ngay.
delegate-usage = Để ủy quyền, nhắn: /uyquyen @binh từ 23/11 đến hết 27/11. Thôi ngay: /uyquyen bỏ @binh
delegate-heading = Ủy quyền trong nhóm:
delegate-nobody = Chưa ủy quyền cho ai.
delegate-line = • { $name }: phó nhóm đến hết { $last }
delegate-line-planned = • { $name }: phó nhóm từ { $first } đến hết { $last }
delegate-day-unclear = Chưa rõ "{ $said }" là những ngày nào. Ghi trọn ngày: /uyquyen @binh từ 23/11 đến hết 27/11
delegate-day-past = Ngày "{ $said }" đã qua. Ghi từ hôm nay trở đi: /uyquyen @binh từ 23/11 đến hết 27/11
delegate-end-first = Ngày cuối { $last } trước ngày đầu { $first }. Ghi lại: /uyquyen @binh từ 23/11 đến hết 27/11
delegate-too-long = Ủy quyền được nhiều nhất { $most } ngày, đây là { $days } ngày. Lâu hơn thì đặt hẳn: /vaitro @binh phó
delegate-deputy-only = Chỉ phó nhóm đặt được theo ngày: /vaitro @binh phó đến 27/11. Vai trò khác ghi không có ngày.
delegate-already = { $name } đang là { $role } nên đã làm được, không cần ủy quyền.
delegate-in-force = { $name } đang được ủy quyền đến hết { $last }. Thôi ngay: /uyquyen bỏ @tên; đổi ngày cuối: /uyquyen @tên đến 30/11
delegate-none = { $name } không có ủy quyền nào. Nhắn /uyquyen để xem ai đang được ủy quyền.
delegate-planned = Đã ghi: { $name } là phó nhóm từ { $first } đến hết { $last }. Đổi ý thì nhắn: /uyquyen bỏ @tên
delegate-planned-yours = Anh/chị được ủy quyền làm phó nhóm của nhóm công tác "{ $group }" từ { $first } đến hết { $last }.
delegate-cancelled = Đã bỏ: { $name } không được ủy quyền nữa.
delegate-cancelled-yours = Ủy quyền đã báo ở nhóm công tác "{ $group }" không còn nữa; anh/chị giữ vai trò như cũ.
delegate-begun = { $name } là phó nhóm đến hết { $last }, theo ủy quyền của { $by }.
delegate-begun-yours = Từ nay đến hết { $last } anh/chị là phó nhóm của nhóm công tác "{ $group }", theo ủy quyền của { $by }. Nhắn /trogiup để xem các lệnh.
delegate-moved = Ủy quyền cho { $name } nay đến hết { $last }.
delegate-moved-yours = Ủy quyền cho anh/chị ở nhóm công tác "{ $group }" nay đến hết { $last }.
delegate-ended = Đã hết ủy quyền: { $name } trở lại là { $role }.
delegate-ended-yours = Đã hết ủy quyền ở nhóm công tác "{ $group }": anh/chị trở lại là { $role }.
delegate-void = Ủy quyền cho { $name } ở nhóm công tác "{ $group }" từ { $first } đến hết { $last } không còn hiệu lực, vì nhóm đã có trưởng nhóm khác. Còn cần thì trưởng nhóm mới nhắn /uyquyen
delegate-void-yours = Ủy quyền cho anh/chị ở nhóm công tác "{ $group }" từ { $first } đến hết { $last } không còn hiệu lực, vì nhóm đã có trưởng nhóm khác. Anh/chị giữ vai trò như cũ.
