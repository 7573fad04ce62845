"""The words of the field for :mod:`trainer.grading.evidence`: data only; :mod:`trainer.grading.evidence_lexicon` reads it.

Four tables, each a text that a person can check by eye:

- :data:`SYNONYMS`: a line holds what a judge of these contests hears as the same thing. A term of
  several syllables is one unit and beats its parts; a term may stand on several lines.
- :data:`RELATED`: the same, but only near: such a match counts :data:`NEAR` of a word.
- :data:`COMPOUNDS`: syllables that mean something together only; ``tự`` alone is not ``tự nguyện``.
- :data:`LITTLE` and :data:`COMMON`: words that say nothing, or little, because most answers hold
  them. Made from the document frequencies of the shipped bank's situations (COMMON: in more than a
  third of them), then read through by hand.

No term of the first two tables stands in the held-out half of ``tests/data/evidence`` only: each that
did was taken out, so that the half measures words that the tables have not seen.
"""

from __future__ import annotations

NEAR = 0.5
"""What a word of a line of :data:`RELATED` is worth beside the same word."""

COMMON_WEIGHT = 0.5
COMPOUND_WEIGHT = 1.25

SYNONYMS = """
bà con | người dân | nhân dân | dân | dân làng | cư dân | công dân | quần chúng | mọi người | cả xóm | cả ngõ | cả tổ | cả làng | hộ dân | các hộ
hàng xóm | láng giềng | nhà bên | nhà bên cạnh | xóm giềng | người xung quanh | nhà kế bên | nhà sát vách
tình làng nghĩa xóm | tình xóm | tình làng | nghĩa xóm | bà con lối xóm | bán anh em xa mua láng giềng gần
gặp | đến nhà | tới nhà | sang nhà | qua nhà | đến chỗ | tìm đến | ghé nhà | vào nhà | đến tận nhà | gõ cửa
gặp riêng | nói riêng | nói chuyện riêng | nói nhỏ | góp ý riêng | trao đổi riêng | nghe riêng | rỉ tai | vào từng nhà | đến từng nhà | gặp từng | riêng từng | tâm sự riêng | mời riêng | kéo riêng | nói khẽ
thăm | thăm hỏi | hỏi thăm | thăm nom | ghé thăm | đến thăm | vào thăm | sang thăm | thăm viếng | ghé
quay lại | ghé lại | trở lại | ghé qua | chạy qua | đến lại | qua lại | sang lại | ghé hỏi | quay về
theo dõi | để ý | trông chừng | bám sát việc | đôn đốc | giám sát | nắm tình hình
giám sát | theo dõi | kiểm soát
nghe | lắng nghe | nghe hết | ngồi nghe | để cụ nói | để bà nói | để nói hết | để ông nói | nói cho hết | nói cho đã | để bà kể
nghe kể | nghe cụ kể | nghe bà kể | nghe ông kể
nói chuyện | trò chuyện | tâm sự | chuyện trò | thưa chuyện | tỉ tê | trao đổi | nói với | thưa với | bảo với | nói cho
khuyên | khuyên nhủ | khuyên bảo | vận động | thuyết phục | động viên | nhắc nhở
giải thích | nói rõ | nói cho rõ | giảng giải | cắt nghĩa
báo | báo cáo | báo tin | trình báo | thông báo | báo lên | báo ngay | gọi | tin cho
gọi | gọi điện | bấm máy | a lô | điện cho | báo
hẹn ngày | hẹn thời gian | định ngày | hẹn giờ | hẹn | ngày hẹn | chốt ngày | ấn định ngày | ngày giờ | có ngày | có hạn | thời hạn | kỳ hạn | ghi ngày | mốc thời gian | hạn | ký hẹn | ngày nào | chốt lịch
trả lời | phúc đáp | có câu trả lời | giải đáp | phản hồi
văn bản | công văn | giấy trắng mực đen | bằng giấy
xin lỗi | nhận lỗi | xin thứ lỗi | tạ lỗi | nhận phần lỗi | nhận sai | cáo lỗi | nhận khuyết điểm
thừa nhận | nhận là | nhận rằng | thú thật | công nhận là | thừa nhận là | tôi nhận
chậm trễ | để lâu | chậm | trễ | chậm trả lời | lâu quá
công khai | niêm yết | minh bạch | cho dân xem | cho dân biết | dán bảng tin | cho bà con xem | cho bà con biết | cho bà con coi | dán lên | trước dân | dán công khai
dán | niêm yết | treo | dán lên
bảng tin | nhà văn hóa | nhà sinh hoạt | bảng thông báo
bóc | gỡ | xóa | tháo | gỡ bỏ | tháo bỏ | rút xuống | hạ xuống | bóc bỏ | thu hồi bài
không công khai | sổ kín | đóng kín | kín | không ai được xem | thiếu công khai | giấu sổ | không ai biết | không minh bạch | không biết | mập mờ | úp mở | không rõ
nghi | sinh nghi | nghi ngờ | đâm nghi | ngờ vực | thắc mắc | hoài nghi
mất lòng tin | mất niềm tin | không tin | hết tin | không còn tin | mất tin | lung lay lòng tin
họp | hội họp | cuộc họp | mời họp | ngồi lại | họp lại | họp ngõ | họp tổ | mở họp | ngồi chung một bàn | họp dân | triệu tập
bàn | bàn bạc | thảo luận | thống nhất | hỏi dân | lấy ý kiến | bàn lại | hỏi ý kiến | cùng bàn | xin ý kiến
quyết định | quyết | tự quyết | biểu quyết | định đoạt | chốt | dân quyết
tán thành | đồng ý | ưng thuận | nhất trí | đồng thuận | đồng tình | chấp thuận | gật đầu | thuận
biểu quyết | bỏ phiếu | giơ tay
đại diện | nói thay | cử người nói | người đại diện | thay mặt
cử | chọn | cử ra | bầu ra | phân công | cắt cử | bố trí người | nhờ
tự nguyện | tùy lòng | tùy tâm | không ép | không ép buộc | không bắt buộc | không ép ai | tự giác | vui lòng thì | ai muốn thì | tự lòng
không ra lệnh | không áp đặt | không ép | không ép ai | không ép buộc | không bắt ép | không bắt ai
áp đặt | ép | ép buộc | bắt ép | bắt buộc | cưỡng ép | o ép | gượng ép | ra lệnh | mệnh lệnh
luật định | do luật | theo luật | pháp luật quy định | bắt buộc | bắt buộc theo luật | luật quy định | ngoài luật | ngoài luật định
luật | pháp luật | quy định | luật pháp
hòa giải | giảng hòa | dàn xếp | làm lành
nguôi | nguội | nguôi giận | hạ hỏa | bớt nóng | dịu | bình tĩnh lại | đầu nguội | nguội đầu | dịu lại | xuôi xuôi
bình tĩnh | ôn tồn | điềm tĩnh | từ tốn | nhẹ nhàng
giận | bức xúc | tức | phẫn nộ | bực | tức giận | bực bội | nổi nóng | bất bình
chính đáng | là phải | là đúng | dễ hiểu | có lý | hợp lý | đúng thôi | có lý do
khó | khó khăn | khổ | vất vả | nghèo | cơ cực | túng | túng thiếu | khốn khó | nghèo khó | khó thật | thiếu thốn
khổ | tội | tội nghiệp | cực | phiền | khổ sở | vất vả | khốn khổ
tổn thương | đau | đau lòng | tủi | tủi thân | xúc phạm | làm đau | mất mặt | chạnh lòng | xót xa | buồn | làm nhục
bêu tên | nêu tên | đọc tên | réo tên | gọi tên | bêu | bêu riếu | đưa tên | nói tên | nêu đích danh | nhắc tên | bêu xấu
giữ kín | không nêu tên | không nói tên | không đọc tên | không kể | giấu tên | không nhắc tên | không để lộ | kín đáo | không nói là ai | không nói ai | không kể cho ai | giữ bí mật | không tiết lộ | bảo mật | không đưa lên nhóm | không lộ | không kể với ai | không bêu | không nêu
thể diện | sĩ diện | uy tín | danh dự | mặt mũi | giữ mặt | tiếng tăm
dừng | ngừng | nghỉ tay | tạm dừng | tạm ngừng | thôi | đình chỉ | dừng lại | hoãn | ngừng tay | tạm ngưng | tạm nghỉ | đừng thu | dừng tay | gác lại | không thu nữa | bỏ ý định | khoan
ngăn | chặn | can | can ngăn | cản | ngăn lại | chặn lại | xin đừng | không cho | không được | đừng | phải ngăn | ngăn chặn | thôi
cấm | nghiêm cấm | bị cấm | luật cấm | không cho phép | không được phép | không được | trái luật | phạm luật | trái pháp luật
sai | sai trái | không đúng | trái | hóa sai | thành sai | người sai | không được
tách | kéo ra | can ra | can hai nhà ra | can | tách ra | mỗi người một nơi | tách riêng | để riêng | kéo hai bên ra | phân ra | chia ra | rẽ ra
phân biệt | tách bạch | phân rõ | khác với | là chuyện khác | là hai chuyện | hai chuyện | chuyện khác | không nhập làm một | đừng trộn | không lẫn | rạch ròi
xô xát | đánh nhau | ẩu đả | ra tay | xung đột | đụng tay chân | đập nhau | đụng độ | sứt đầu mẻ trán | va chạm
nguy hiểm | mối nguy | nguy cơ | nguy | đáng lo | cái cần lo | điều đáng sợ | dễ xảy ra | rủi ro | hiểm họa | đáng sợ | nguy nhất
trước mắt | lúc này | bây giờ | hiện giờ | ngay lúc này
trước hết | trước tiên | đầu tiên | việc đầu tiên | việc một | trước nhất | việc gấp | gấp nhất | nhất lúc này | việc cần làm ngay
ngay | lập tức | tức thì | ngay lập tức | liền | gấp | khẩn trương | luôn | tức khắc | càng sớm càng tốt | ngay trong
đêm nay | ngay trong đêm | tối nay | trong đêm | ngay trong tối | đêm | buổi tối
ngày | hôm nay | trong ngày | sáng nay | chiều nay
thẩm quyền | cơ quan có thẩm quyền | cơ quan chức năng | cấp trên | nhà nước | nơi có thẩm quyền | lực lượng có thẩm quyền | chính quyền | người có thẩm quyền | lực lượng chức năng | phường | công an | công an phường
phường | ủy ban | ủy ban nhân dân | ủy ban nhân dân phường | ubnd | ubnd phường | xã | chính quyền | lãnh đạo phường
công an | công an phường | cảnh sát | công an khu vực | cảnh sát khu vực
mặt trận | ban công tác mặt trận | mttq
chi bộ | bí thư | cấp ủy | đảng ủy | chi ủy | bí thư chi bộ
bí thư | lãnh đạo | chủ tịch
hội phụ nữ | phụ nữ | chi hội phụ nữ | chi hội trưởng phụ nữ | hội trưởng phụ nữ | chị em phụ nữ | chi hội trưởng
thanh niên | đoàn thanh niên | đoàn viên | bạn trẻ | chi đoàn
cán bộ | cán bộ phường | cán bộ chuyên môn | người có chuyên môn | chuyên môn | cơ quan chuyên môn | cán bộ phụ trách
người phụ trách | phụ trách | trưởng phòng | người quản lý
địa chính | cán bộ địa chính | bản đồ địa chính
y tế | trạm y tế | bác sĩ | trạm xá | bệnh viện | đi viện | nằm viện | khám | cấp cứu | viện
khám | khám vết thương | đi khám vết thương | đi khám | xem vết thương | khám bệnh
thú y | bác sĩ thú y
kiểm tra | kiểm | xem xét | xem lại | rà lại | rà soát | đo | xác minh | thẩm định | thanh tra | chấm lại | đánh giá | khảo sát | xem | đối chiếu
kết luận | phán | phán xét | phân xử | xử | kết tội | tự phán | tự quyết | kết luận ai | quyết thay | xử thay | trả lời thay | nói bừa | phán quyết | quy kết | nói ai đúng | bảo ai đúng | xét xử
không kết luận | chưa kết luận | chưa thể nói | không nói ai đúng | không phán | chưa có kết luận | không tự phán | không phân xử | không tự kết luận | không quyết thay | không trả lời thay | không tự quyết | chưa nói ai đúng | không xử thay | chịu | không kết tội | không quy kết | chưa biết ai đúng
ai đúng ai sai | ai đúng | ai sai | đúng sai | phải trái | gian | đúng hay sai
chuẩn | tiêu chí | tiêu chuẩn nghèo
chia lượt | xoay vòng | luân phiên | thay nhau | lần lượt | chia đều | thay phiên | mỗi năm một nhà
cào bằng | đổ đồng | chia đều | bổ đầu | đồng loạt | mỗi nhà một mức | cào đều
chứng kiến | ngồi xem | có mặt | đứng xem | làm chứng | ngồi đó xem | trước mặt
giúp | hỗ trợ | giúp đỡ | đỡ đần | trợ giúp | đỡ một tay | san sẻ | lo cho
bù đắp | bù | đền bù | bù cho | chia sẻ phần thiệt | góp bù
đền | bồi thường | đền bù | đền tiền | bồi hoàn
thiệt | thiệt thòi | mất nhiều | chịu thiệt | thiệt hại | mức thiệt
bao nhiêu | mức | số
hoàn tiền | trả lại tiền | trả lại | lấy lại | trả tiền lại | hoàn trả
nộp | đóng | đóng góp | góp | góp quỹ
thu chi | sổ thu chi | sổ sách | thu được bao nhiêu | chi hết bao nhiêu | sổ
quỹ | khoản | khoản đóng góp | khoản thu
hồ sơ | giấy tờ | tập giấy | giấy
một lần | một lượt | một thể | hết một lượt | luôn một lần | cả thể
ghi | viết | chép | ghi lại | ghi ra | viết ra | ghi chép | ghi đủ | lập
ghi lại thỏa thuận | ghi biên bản | viết ra giấy | ghi thành văn bản
biên bản | giấy | chữ ký | ký | làm giấy
thỏa thuận | thống nhất | cam kết | giao kèo
cam kết | hứa | ký hẹn | bảo đảm | ký cam kết
danh mục | danh sách | bảng kê | bản kê | danh mục giấy tờ | liệt kê
thiếu | còn thiếu | thiếu gì | không đủ
thủ tục | thủ tục hành chính | giấy tờ | làm giấy tờ
phiền hà | gây khó khăn | gây khó dễ | làm khó | sách nhiễu | hạch sách | hành dân | nhũng nhiễu
người già | cụ già | cao tuổi | già cả | các cụ | người cao tuổi | cụ | ông cụ | bà cụ
trẻ | cháu bé | em bé | trẻ con | trẻ em | cháu | bé | trẻ sơ sinh | con nhỏ | cháu nhỏ | mới sinh
mẹ con | hai mẹ con | chị và cháu | mẹ và con | chị và con
mất ngủ | không ngủ | không ngủ được | thức trắng | không chợp mắt | trắng đêm | không yên giấc | thức đêm | khó ngủ
người ốm | người bệnh | bệnh nhân | người đau | ốm | bệnh | sốt
gia đình | người nhà | nhà
chồng | anh chồng
nể | kính trọng | quý trọng | kính nể | quý | tin | có uy tín | có tiếng nói | nghe lời | người có uy tín
người thân | anh em | họ hàng | bà con ruột thịt | anh cả | chị cả | bà chị | người nhà | thân nhân | ruột thịt
họ hàng | bà con với | có họ | chú cháu | là chú | người nhà | là cháu | thân thích | ruột thịt
tránh | không chấm | không được chấm | không tham gia | rút ra
không chấm nhà mình | không chấm hộ đó
rủ | cùng đi | mời cùng | kéo
mời | đề nghị | xin | kêu | nhờ
đề nghị | yêu cầu | xin | kiến nghị | đòi
viết kiến nghị | viết đơn | đơn đề nghị | kiến nghị | đơn kiến nghị
bạn già | bạn đánh cờ | bạn cũ | bạn bè | ông bạn | bạn thân
đưa | chuyển | đón | chở | dẫn | dìu | bế | mang | đem
chuyển | dời | dọn | di chuyển | kê | xê | bê | dẹp | đánh xe | gửi | dịch
dời xe | đánh xe | cho xe ra | lái xe ra | di chuyển xe | đưa xe ra
chỗ gửi | chỗ đỗ | bãi xe | điểm gửi xe | bãi gửi xe | gửi xe | nơi gửi | chỗ gửi xe
liên hệ | hỏi | hỏi mối | xin | tìm
số điện thoại | số máy | số gọi | số | gọi khi cần | gọi lúc cần | gọi tôi | khi cần
trực đêm | ban đêm
quy ước | nội quy | hương ước | giao ước
hành vi | chuyện | việc
đỗ xe sai | đỗ bậy | đỗ trái phép | đậu sai
xử lý | xử phạt | phạt | giải quyết | xử lí | trừng phạt
trùm | che | phủ | đậy | bọc | trùm kín | phủ kín | che kín
lồng | chuồng | lồng gà | chuồng gà
xa | cách xa | tránh xa | phía kia | phía bên kia | tường bên kia
về quê | gửi về quê | đưa về quê
niềm vui | vui | đỡ buồn | bầu bạn | bạn lúc tuổi già | làm bạn | khuây khỏa | giải khuây
bả | thuốc | đánh bả | ném bả | thuốc chuột
dọa | đe | hăm | dọa nạt | đe dọa | hăm dọa | hù
nuôi | chăn nuôi | được nuôi
khu vực | nơi | khu dân cư | chỗ | vùng
tạm lánh | lánh | ngủ tạm | ngủ nhờ | ở tạm | lánh tạm | an toàn
an toàn | khỏi nguy hiểm | bình an | yên ổn
quay vào | quay lại nhà | về nhà đó | vào nhà | quay về nhà
bạo lực gia đình | bạo hành | đánh vợ | bạo lực
địa chỉ tiếp nhận | nơi nhận tin | tiếp nhận tin | tiếp nhận tin báo | nơi tiếp nhận | nhận tin báo | nhận tin
xấu hổ | mang tiếng | sợ mang tiếng | tủi hổ | ngại | xấu mặt
phụ thuộc | sống dựa | dựa vào | nhờ vả | lệ thuộc | dựa
bằng lòng | cam chịu | chấp nhận | chịu đựng | ưng
có lỗi | lỗi | tội | có tội
không có lỗi | không phải lỗi | không có tội | chẳng có lỗi | không sai | không phải tại
đánh | bị đánh | đáng bị đánh
ở cạnh | ngồi bên | bên cạnh | ở cùng | ngồi cạnh | ngồi với | ngủ cùng | ngủ với | ở bên | ngồi cùng | ở với | kề bên | không để một mình
tỉnh | tỉnh rượu | tỉnh táo | hết say | mai tỉnh
say | say rượu | có rượu | đang say | men rượu
tranh cãi | đôi co | cãi nhau | cãi | cãi vã | lời qua tiếng lại | to tiếng | cãi cọ | chửi | chửi nhau
hằng tuần | mỗi tuần | hàng tuần | mấy tuần | tuần nào cũng | tuần | đều đặn | thường xuyên
hai tuần | nửa tháng | mười lăm ngày | vài hôm | vài tuần
một tháng | tròn tháng | hết tháng | tháng sau | sau một tháng | trong vòng một tháng | ba mươi ngày
năm sau | sang năm | năm tới | lần sau | kỳ sau | đợt sau | mùa sau
chỗ dựa | điểm tựa
phổ biến | nói cho biết | cho dân biết | tuyên truyền | hướng dẫn | nói trước
hướng dẫn | chỉ dẫn | bày cách | chỉ cách | chỉ | chỉ đường | chỉ cho | bày
lễ phép | thưa gửi | lễ độ | kính cẩn | đàng hoàng | lễ phép
nói chậm | chậm rãi | từ tốn | thong thả | nói từ từ
bênh | nói đỡ | bênh vực | bao che | nói hộ | đứng về phía | bênh chằm chặp | chống chế | thanh minh
nghiêng | về phe | đứng về | thiên vị | theo phe | vào phe
trung lập | không về phe nào | không vào phe nào | không nghiêng bên nào | không đứng về | công tâm | đứng giữa | không theo phe | công bằng | không bênh
minh oan | gỡ oan | giải oan | rửa oan | gỡ tiếng | sạch
bảng điểm | điểm | điểm số | điểm chấm
ảnh | hình | tấm ảnh | chụp ảnh | chụp hình | bức ảnh
chụp ảnh | chụp hình | chụp lại | quay lại | lưu ảnh
mạng | facebook | trên mạng | zalo | nhóm zalo | nhóm | trên nhóm | lên nhóm | mạng xã hội
khói | khí thải | mùi
nước thải | nước mỡ | nước bẩn
kế sinh nhai | miếng cơm | kiếm cơm | miếng ăn | làm thuê | nuôi | nồi cơm | cần câu cơm | sinh kế | chén cơm | kiếm sống | sinh nhai | bán buôn kiếm sống
giấy phép | phép | giấy phép kinh doanh
xả | thả | phả | xả khói
dọn | vét | nạo vét | khơi | thông | làm sạch | dọn dẹp | lau | quét
rãnh | cống | rãnh mỡ | cống rãnh
giờ cao điểm | giờ đông khách | lúc quán đông | lúc đông | giờ đông | lúc đông khách
lắp | gắn | đặt
khách | giữ khách | khách quen | giữ được khách | khách hàng
lợi ích | lợi | cái lợi | có lợi | được lợi | quyền lợi | được gì
sức khỏe | hại người | ốm đau | hại sức khỏe | ảnh hưởng
gốc | nguyên nhân | cái gốc | căn nguyên | gốc rễ | vì đâu | căn cớ | mấu chốt | cốt lõi
tiền chung | tiền của chung | quỹ chung | tiền của tập thể
kẻ cắp | ăn cắp | ăn trộm | trộm
thay | cách chức | bãi nhiệm | miễn nhiệm | phế
hội nghị nhà chung cư | hội nghị cư dân | họp hội nghị | hội nghị
chuyển | giao | bàn giao
vi phạm | sai phạm | dấu hiệu vi phạm | phạm pháp | làm sai | khuất tất
hóa đơn | chứng từ | hóa đơn chứng từ | biên lai
tổ | nhóm | đội | ban
hai phe | hai bên | cả hai phe | phe này | phe kia | đôi bên | từng phe | từng bên | từng nhóm | mỗi bên | các bên | cả hai bên | hai nhà | hai gia đình | từng nhà
ba bên | các bên
con số | số liệu
tắt nguồn | tắt máy | tắt điện thoại | tắt nguồn điện thoại | tắt
không mở lại | không bật | không bật lên | để nguyên không mở
điều khiển | chiếm quyền | chiếm quyền điều khiển | bị điều khiển | kiểm soát
khóa tài khoản | phong tỏa tài khoản | khóa thẻ | khóa tiền | đóng băng tài khoản
ngân hàng | tổng đài
khác | khác nhau | chỏi | vênh | mỗi người một kiểu | không khớp | không giống | lệch
buộc | bắt | phải | yêu cầu
chứng cứ | bằng chứng | dấu vết | tang chứng | không xóa
lừa đảo | lừa | mắc lừa | bị lừa | kẻ gian | kẻ lừa | kẻ lừa đảo
bẫy | gài bẫy | hẹn bẫy | giăng bẫy | bẫy kẻ lừa
không trách | không mắng | đừng mắng | đừng trách | an ủi | không phải lỗi | động viên | vỗ về
mách | kể với | nói với | méc | tự kể
cảnh báo | báo cho biết | nhắc | dặn | dặn dò | cảnh giác | nhắc nhở | đề phòng
thủ đoạn | chiêu | mánh | chiêu trò | mánh khóe | trò lừa
sống một mình | ở một mình | đơn chiếc | neo đơn | một mình | đơn thân
cử người | bố trí người | có người | phân người
làm cùng | cùng làm | đi cùng | ngồi làm với | làm với | đi kèm | theo cùng | đi với
xong | đến xong | tới xong | đến nơi đến chốn | cầm được kết quả | đến cùng | hoàn tất | đến khi có kết quả
kết quả | kết quả kiểm tra
đơn | đơn thư | kiến nghị | gửi đơn | khiếu nại
kích động | xúi | xúi giục | hô hào | xúi bẩy | đổ dầu vào lửa | kích
lôi kéo | rủ rê | kéo | dụ dỗ
đông người | tụ tập | kéo đông | tập trung đông người | kéo nhau
tiếp dân | tiếp công dân | đối thoại | gặp dân
lịch | lịch hẹn | lịch gặp
đối thoại | gặp lãnh đạo | nói chuyện trực tiếp | gặp dân
không hứa | không dám hứa | chưa hứa
hiến | cho đất | nhường đất
công trình chung | việc chung | công trình công cộng
nứt | nứt nẻ
thi công | xây | xây dựng | làm móng
thợ | nhà thầu | người thi công | thợ xây | đội thợ
liền kề | sát vách | bên cạnh | nhà bên
tòa | tòa án | ra tòa | khởi kiện
thương lượng | thỏa thuận | điều đình
tăng | lên giá | nâng
giá | phí | giá cả | tiền phí
đưa nước | mang nước | tiếp nước
cắt nước | khóa nước | dừng bơm | ngừng bơm | cúp nước
đập cửa | gõ cửa | phá cửa
yếu | yếu nhất | già yếu
vô lý | không công bằng | bất công
đo đạc | đo | cầm thước
vào từng nhà | từng nhà | từng bên | mỗi bên | từng người
thực địa | ngoài thực địa | tại chỗ | hiện trường | ra ngoài đo
sổ đỏ | giấy tờ | bản vẽ | sổ hồng
tiền | kinh phí | tiền nong | tiền bạc
giữ | bảo quản | gìn giữ
dứt khoát | kiên quyết | cương quyết
hứa | cam kết
sợ | lo | e | ngại | lo lắng | lo sợ | sợ hãi | e ngại
nhắc | dặn | nhắc lại
chê | chê bai | phê bình | chỉ trích
đền ơn | cảm ơn | tri ân | ghi nhận công
khen | ghi nhận | biểu dương
thắp hương | viếng | chia buồn | phúng viếng
mất | qua đời | khuất | từ trần
tang lễ | đám tang | mai táng | hậu sự | ma chay
cưới | đám cưới | hôn lễ
loa | âm thanh | loa đài | nhạc
ồn | ồn ào | tiếng ồn | ầm ĩ | inh ỏi
rác | rác thải
đất | đất đai | thửa đất
chó | con chó
dùng | sử dụng
xe cấp cứu | xe cứu thương
cháy | hỏa hoạn | cháy nổ | lửa
thoát nạn | thoát hiểm | chạy thoát | lối thoát
bịt | chặn | chắn | lấp | bít
khai báo | đăng ký | khai
vay nặng lãi | lãi nặng | tín dụng đen | cho vay lãi nặng | nặng lãi
bản thân | chính mình | mình
tố cáo | đơn tố cáo | tố
quyền | có quyền
tiếp tục | vẫn
tiền lương | lương
học hành | đi học | học
việc làm | công việc | kiếm việc
chia rẽ | chia đôi | mất đoàn kết | chia phe | rạn nứt | mất tình | sứt mẻ
cản trở | cấm | chặn | cản | ngăn cản | gây trở ngại | không cho
tình làng nghĩa xóm | nghĩa xóm giềng | tình nghĩa | nghĩa tình | giúp nhau
lối thoát | đường thoát | lối thoát nạn | đường thoát nạn
mạng người | sống chết | chết người | tính mạng | mất mạng | mạng sống
làm gương | nêu gương | trông theo | nhìn theo | noi theo | bắt chước | gương mẫu | gương
kéo dài | dai dẳng | lâu ngày | mãi | nhiều tháng | mấy tháng
nhỏ | bé | bé tí | vặt | nhỏ nhặt | cỏn con
yên tĩnh | giữ yên | yên lặng | im ắng | yên | không làm ồn
thảm | thảm lót | lót sàn | xốp lót sàn | trải thảm | tấm lót
sẵn lòng | chịu ngồi | ngồi với nhau được | bằng lòng gặp | đồng ý gặp
gặp chung | ngồi chung | uống trà chung | mời chung | cùng ngồi | ngồi với nhau | cùng uống trà
đề xuất | nêu ý | đưa ra cách | nghĩ cách | nên làm thế nào | gợi ý | hiến kế | đề ra
dừng | đóng | giải tán | dẹp | bỏ | khóa
thiếu sót | lỗi | khuyết điểm | sai sót | có lỗi | bỏ qua cho
công khai | viết lên bảng | đọc lên | cho mọi người đọc | mọi người đọc | để mọi người biết | ra cho bà con xem | rõ ràng sổ sách | cho mọi người xem | ai cũng xem được
chủ trì | chủ tọa | điều hành | cầm trịch | đứng ra
phân công | giao việc | được giao | giao nhiệm vụ | chia việc | mỗi bên một việc | phân việc
chia giờ | xếp giờ | xếp lịch | chia lịch | giờ giấc
tự tay | đích thân | tự mình | chính tay
hoàn cảnh | cảnh nhà | gia cảnh | nỗi niềm
hộ khá | khá giả | nhà khá | có điều kiện
góp công | góp ngày công | bỏ công
góp dần | trả dần | đóng dần | góp từng ít | chia nhiều lần
miễn | không phải đóng | khỏi đóng
doanh nghiệp | chủ xưởng | công ty | cơ sở kinh doanh
trông coi | trông | coi sóc | giám sát
đủ | quá | trên | hơn
hai phần ba | 2/3 | quá bán | đa số
vứt | ném | bỏ đi | quẳng | đổ đi
tự ý | tự tiện | tùy tiện | tự | ngang nhiên
tập thoát nạn | diễn tập | tập chạy | tập dượt
gom | thu gom | gom lại | nhặt
nhu cầu | mong muốn | nguyện vọng
mâu thuẫn | xích mích | bất hòa | hiềm khích | va chạm
lan rộng | loang ra | lan ra | to chuyện | lớn chuyện
căng thẳng | gay gắt | gay | nóng
riêng tư | chỗ riêng | đời sống riêng | đời tư
soi | quay | dòm ngó | nhìn trộm | nhòm
góc quay | góc máy | ống kính
xô | đẩy | lôi | kéo
tạm hoãn | hoãn | lùi | khoan | chờ đã
chính thức | đúng luật | theo quy định
tha thứ | tha | bỏ qua | xí xóa
nhường | nhường nhịn | nhường nhau | chịu thiệt
chăm sóc | chăm | trông nom | săn sóc | chăm nom
an ủi | động viên | vỗ về | chia sẻ | dỗ dành
đau khổ | đau buồn | đau đớn | đau xót
trấn an | làm yên lòng | bình tĩnh lại | giữ bình tĩnh
đồn | tin đồn | lời đồn | đồn thổi | đồn đại
bịa đặt | vu khống | nói sai | bịa
xác minh | kiểm chứng | hỏi cho rõ | tìm hiểu | làm rõ | tìm ra
đính chính | nói lại cho đúng | cải chính
thông tin | tin | tin tức
chứng nhận | xác nhận | chứng thực
ủng hộ | đồng tình
phản đối | chống | không chịu | không đồng ý | từ chối
gia hạn | thêm thời gian | kéo dài thời hạn
sửa | sửa chữa | khắc phục | chữa | làm lại
hư | hỏng | hư hỏng
bảo đảm | đảm bảo | giữ cho
tái diễn | lặp lại | xảy ra nữa | tái phạm
ghi nhận | ghi lại | tiếp nhận | nhận
đơn giản | giản dị | dễ hiểu
tôn trọng | quý trọng | trân trọng | coi trọng
xúc phạm | lăng mạ | chửi | miệt thị | làm nhục | hạ nhục
vội | vội vàng | hấp tấp | nôn nóng
chưa họp | không họp | chưa mở họp | khoan họp
người tốt | tốt bụng | tử tế
việc làm thêm | việc làm | làm thêm | chỗ làm
nghỉ | nghỉ ngơi | ngồi nghỉ
mời ngồi | kéo ghế | mời ghế | ngồi xuống
rót nước | uống nước | uống trà | chén nước
bố mẹ | cha mẹ | phụ huynh | ba má
vợ chồng | hai vợ chồng | đôi vợ chồng
con trai | cậu con | cậu con trai | thằng con
con gái | cô con gái | cháu gái
công nhân | người làm công | thợ | người lao động
người thuê | khách trọ | người ở trọ | người trọ
chủ trọ | chủ nhà trọ | bà chủ
buôn bán | bán hàng | kinh doanh | làm ăn
vỉa hè | lề đường | hè phố
chợ | khu chợ | sạp | quầy
lịch sự | nhã nhặn | lễ phép
trường | nhà trường | thầy cô
đội | nhóm | tổ | ban | lập nhóm
dân quân | lực lượng | xung kích
lâu dài | về lâu dài | lâu nay | bền
tạm thời | tạm | trước mắt
lập danh sách | ghi tên | lên danh sách | thống kê
chia sẻ | cảm thông | thông cảm | thấu hiểu | hiểu cho
"""

RELATED = """
xin lỗi | thừa nhận | sửa | nhận trách nhiệm
công khai | dán | báo bà con | thông báo | bảng tin | đọc trước
nghe | hỏi | hỏi han | ghi nhận
gặp | nói chuyện | thăm | ngồi với | khuyên
gặp riêng | nói chuyện | gặp | nghe | riêng
khó | thiếu | hết | không còn | chật
giận | buồn | sốt ruột | nóng
tổn thương | xấu hổ | đáng thương | bị nêu tên
báo | mời | nhờ | trình | hỏi
dừng | bỏ | tắt
thẩm quyền | pháp luật | luật | nhà nước | tòa
giúp | nhờ | lo | làm cùng | làm hộ | mang | biếu
theo dõi | xem | kiểm tra | quay lại | thăm
kiểm tra | chấm | đếm | xét | bình xét
ghi | lập | biên bản | ký
nhờ | mời | cử | rủ
đại diện | mấy người | vài người | năm người
bàn | họp | trao đổi
quyết định | bàn | thống nhất | tán thành | công nhận
chi bộ | đảng | mặt trận
tách | gặp riêng | riêng | phân biệt
nguy hiểm | nguy cơ | mối nguy | xô xát | lo | sợ | gấp | nóng
an toàn | yên | nhà tôi | nhà mình
hẹn ngày | chủ nhật | thứ hai | thứ ba | thứ tư | thứ năm | thứ sáu | thứ bảy | tuần sau | ngày mai | rằm
đề nghị | vận động | bảo | khuyên | nói | mời
đưa | gửi | xách | kéo
người bệnh | gia đình | đi viện
thanh niên | thành viên
bù đắp | góp | giúp | đền
thiệt | mất | tiếc
kết luận | trả lời | khẳng định | quyết
luật | nghị định | thông tư | hiến pháp | bộ luật | điều
ảnh | bài | tin nhắn | tin | bài viết
họ hàng | anh em | cháu
giữ kín | riêng
phiền hà | khó khăn
"""

COMPOUNDS = """
khu dân cư | ban quản trị | ủy ban nhân dân | nhà chung cư | cách tính | sổ thu chi | thu chi | nhà văn hóa
thu gom | dấu hiệu | góp ý | chây ỳ | phần mềm | phối hợp | nêu gương | chỉ huy | tham gia | cản trở | chia sẻ | giới thiệu | chấp hành | dự án | nể nang | trường hợp
sợi dây | tạm hoãn | yên tĩnh | phân loại | im lặng | lời lẽ | ưu tiên | miễn phí | cứu nạn | thờ cúng | camera | tin đồn | lòng tin | tổng số | vợ chồng | xếp hạng
cai nghiện | sơ tán | chăm sóc | điều kiện | thả rông | căn cước | chỉ thị | đính chính | tử tế | nhập ngũ | khóa trái | thuế khoán | kế toán | bổ sung | thoát nước
cột điện | kiểm kê | đề xuất | cứu hộ | tư vấn | giờ giấc | chi phí | phá đám | đối diện | hóa vàng | tiêu dùng | dây điện | lâm thời | cưỡng chế | cư trú | cô dâu
chủ trương | công ty | địa chỉ | lương hưu | nhu cầu | quốc hội | chìa khóa | hưu trí | cá nhân | thừa kế | biện pháp | tuyệt đối | tranh chấp | mùi hôi | hoang mang
thiếu sót | hình sự | nguyên tắc | hòm phiếu | cử tri | vu khống | tiết kiệm | mục đích | xưng hô | căn cứ | rao vặt | bê tông | chiếm đoạt | phế thải | ứng cử | bản đồ
duy trì | kỹ thuật | chúc mừng | thẳng thắn | thờ ơ | gợi ý | chống đối | trốn tránh | phê duyệt | cập nhật | ứng dụng | lực lượng | dòng chữ | tang gia | tình hình
sai lệch | thực phẩm | chia rẽ | thiện nguyện | trang nghiêm | tập trung | che giấu | cố tình | tư pháp | xâm hại | vết thương | tung tin | đời sống | bí mật | kiện toàn
vị trí | cân bằng | chân tình | trái phép | đánh dấu | thiết bị | hiện hành | trông coi | hằng tháng | thị trường | đức tin | tìm hiểu | chuyển khoản | tín hiệu | truy lùng
can thiệp | thỏa đáng | cầm đầu | phản đối | bao che | gây rối | liên hoan | ảnh hưởng | chấm dứt | bảo quản | tiếp dân | vận chuyển | mở rộng | thu hồi | giải tán
an ninh | an toàn | an ủi | bạo lực | bảo đảm | bảo hiểm | bảo vệ | bảo trì | bầu cử | bí thư | bình đẳng | bình xét | bồi thường | cải tạo
cam kết | cảm ơn | cao tuổi | cấp cứu | cấp ủy | chi bộ | chi đoàn | chi hội | chủ tịch | chủ đầu tư | chứng kiến | chính sách | chính quyền
chính thức | chung cư | chuyên môn | cơ quan | cơ sở | công bằng | công đức | công trình | công trường | công tâm | cứu trợ | cứu thương | cựu chiến binh
dân chủ | dân phố | dân sự | danh dự | danh sách | di chúc | di sản | di tích | di dời | dòng họ | dữ liệu | đảng viên | đảng ủy | đăng ký
đất đai | đấu tranh | điều hành | đoàn kết | đoàn thể | đối tượng | đối chiếu | đồng chí | đồng hành | giải trình | giải phóng | giám sát | giáo dục | giáo viên
gia đình | giấy phép | giấy tờ | giao thông | gương mẫu | hạn chế | hành chính | hành lang | hình ảnh | hóa đơn | hòa giải viên | hoàn cảnh | học sinh
hộ nghèo | hội nghị | hội viên | hội đồng | hợp đồng | hương khói | kế hoạch | khai báo | khiếu nại | khu vực | kinh doanh | kinh phí | kỷ niệm | kỷ luật
lãnh đạo | lao động | lễ độ | lịch sử | liên hệ | lợi dụng | lối đi | lòng đường | màn hình | mầm non | mâu thuẫn | môi trường | mồ côi | nghị định
nghị quyết | nghĩa vụ | nghĩa trang | ngân hàng | nguyên nhân | nguyện vọng | nguyên trạng | nhà máy | nhân viên | nhiệm kỳ | niềm tin | phản ánh | pháp luật
phê bình | phòng cháy | phòng bệnh | phòng ngừa | phụ huynh | phụ trách | phương án | quản lý | quản trị | quảng cáo | quân sự | quy chế | quy hoạch | quy trình
quyền lợi | quốc phòng | sáp nhập | sạt lở | sinh hoạt | sức ép | sức khỏe | sự thật | tài khoản | tài sản | tạm trú | tái định cư | tái diễn | tập thể
thầm lặng | thanh niên | thành tích | thảo luận | thân nhân | thiên tai | thiện chí | thông tin | thời gian | thuế | thương binh | thường trú
tiêu chí | tiếp thu | tiếp tế | tiến độ | tín ngưỡng | tín nhiệm | tôn giáo | tôn trọng | tổ chức | tổ phó | tổ trưởng | tố cáo | tố giác | tội phạm
trách nhiệm | trang trọng | trật tự | trẻ em | trợ cấp | trợ giúp | trung thực | trực tiếp | trực tuyến | trưởng ban | trưởng họ | trưởng thành
truyền thống | tuyên truyền | tự do | tự ý | tự tay | từ chối | từ thiện | ủng hộ | văn hóa | văn minh | vận hành | vệ sinh | vi phạm | vỉa hè | việc làm
xác nhận | xã hội | xâm phạm | xe máy | xung đột | ý kiến | yên tâm | nhà ở | quê hương | con trai | con gái | cộng đồng | em chồng | bếp than | xịt sơn
hút khói | bể tách mỡ | vé số | chênh lệch | bán hàng | bản vẽ | cầu dao | hiện trạng | lâu dài | trước mắt | nhà thầu | giao tiếp | điện thoại | nước sạch
sổ hồng | người lạ | đường dẫn | chi tiêu | đầu tư | thang máy | đề phòng | tin nhắn | quay phim | hai phần ba | thú thật | phục tùng | đa số | thiểu số
kỷ cương | tiền dưỡng già | dịch vụ | cấp trên | buôn bán | bất tiện | khẩn cấp | đột xuất | phức tạp | trụ sở | nội dung
"""

LITTLE = """
là thì mà của và với cho được bị đã đang sẽ rồi cũng vẫn lại ra vào lên xuống đi đến tới về từ ở trong ngoài trên dưới để vì nên nếu khi lúc
này kia ấy đó đấy nọ đây nào gì ai sao đâu nhé nhỉ ạ à ừ dạ thưa ơi hả hở chứ chớ thôi nữa còn hay hoặc như bằng do bởi tại theo qua sang cùng
các những mọi mỗi từng một cái con chiếc việc sự điều chuyện người ta tôi mình em anh chị ông bà bác chú cô cháu cậu dì họ chúng nó bạn
có không chưa chẳng phải cần nên muốn làm rất quá lắm hơn nhất đều cả chỉ mới vừa thêm luôn cứ hãy đừng thế vậy nhau tự chính
hết xong trước sau giữa bên phía lần câu lời nói bảo xin thấy biết nghĩ hiểu định tính bắt lấy đưa giờ nay hôm vài mấy nhiều ít tất tuy nhưng song
thể đã thật rõ ngay nhà tổ trưởng vận thành viên
"""

COMMON = """
dân phường mời gặp hỏi nghe ngồi luật báo riêng ngày tối sáng chiều đêm ghi giữ trả đúng sai nhận tiền xem bàn họp xe cửa đường ngõ xóm khu
giúp lo nhờ khó khổ chung công an mặt trận cán bộ đề nghị gọi quyền đầu hai ba bốn năm sáu bảy tám chín mười tháng tuần số tên
bà con | công an | cán bộ | đề nghị | mặt trận | luật | trước hết | ngay | hẹn ngày | báo | gặp | hai phe | chuyển | đưa | mời | nói chuyện | người già | phường | gia đình
thẩm quyền | trẻ | khuyên | cử | tổ | khu vực | tiền | hành vi | ngày | quyền | ghi | liên hệ | hồ sơ
quyết định | nói với | nói cho | không được | thưa với | bảo với | có ngày | hôm nay | trong ngày | ngay trong | ngay hôm nay | có người | hai bên | hai nhà | cử người | người nhà | trước mắt | lúc này
từng bên | mỗi bên | các bên | cả hai bên | đêm nay | tối nay | trong đêm | ngay trong đêm | ngay trong tối | sáng nay | chiều nay | cán bộ phường
mọi người | người dân | nhân dân | hàng xóm | cụ già | tạm | làm cùng | giúp đỡ | hỗ trợ | công an phường | cơ sở | cấp xã | nội dung | hành chính | cộng đồng | cơ quan
"""

DENIALS = """
không chưa chẳng chả chớ đừng khỏi
không cho | không được | không được phép | không cho phép | xin đừng | phải đừng
"""
"""Words that deny the next word."""

AFTER_DENIALS = "sai | trái | không được | không đúng | không ổn | không xong | không theo được | không nên"
"""After “thì” or “là” these may deny what stands before them: chia lượt thì không được."""

STOPS = "ngăn chặn can cản cấm tránh dừng ngừng thôi bỏ chống nghiêm"
"""Words that stop or forbid the next word: it may be denied on the other side or not."""

NO_DENIAL = "chỉ những khéo"
"""After “không” these deny nothing: không chỉ, không những, không khéo."""

ENDS = "rồi thì mà nhưng song vì để nên còn nếu khi lúc chứ tức do nhờ hoặc hay và"
"""Words at which a denial ends, as it ends at any punctuation."""

SHORT = {
    "k": "không",
    "ko": "không",
    "kg": "không",
    "hok": "không",
    "đc": "được",
    "dc": "được",
    "CA": "công an",
    "bqt": "ban quản trị",
    "tdp": "tổ dân phố",
    "mn": "mọi người",
    "ubnd": "ủy ban nhân dân",
    "mttq": "mặt trận",
    "đt": "điện thoại",
    "2/3": "hai phần ba",
}
"""How people shorten words when they type; what is a syllable too counts in capitals only."""

MANNER = """
giọng gọn ngắn ấm trầm thấm bước vui nhẹ hóm chậm kín mềm mốc lời câu việc gần
hóm hỉnh | thẳng thắn | tự nhiên | khách quan | chừng mực | mềm mỏng | cụ thể | ví dụ | hình ảnh | lập luận
đời thường | trẻ trung | dễ hiểu | lời lẽ | có ngày | khẩu hiệu | thật thà | thật lòng | gấp gáp | kể chuyện
mạch lạc | chân thành | chân tình | rành mạch | rõ ràng | mộc mạc | dứt khoát | bình tĩnh | thân tình | gần gũi
lễ độ | kính cẩn | điềm tĩnh | điềm đạm | trang trọng | khiêm tốn | khúc chiết | tự tin | ôn hòa | ấm áp | đúng giờ
con số | ngày hẹn | mở bài | kết bài | mở đầu | trình tự | thứ tự | mốc giờ | giản dị | trang nghiêm
"""
"""Words of key points that say how a thing is told, which no typed word shows; counted so only under a
criterion that marks the telling."""
