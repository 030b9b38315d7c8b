"""What is said in the demo: the questions, open answers, letters. All of it was made up for it; no worker wrote any of it."""

from __future__ import annotations

OPEN_ANSWERS = (
    "Cơm ca đêm nguội ngắt, xin bếp hâm lại trước khi phát.",
    "Canh toàn nước, rau thì già, ăn xong vẫn đói.",
    "Từ khi đổi nhà bếp ăn ngon hơn hẳn, mong giữ được vậy.",
    "Cho thêm trái cây tráng miệng thì tốt quá.",
    "Xếp hàng lấy cơm mất mười lăm phút, còn đúng mười lăm phút để ăn.",
    "Người ăn chay không có món nào ngoài đậu hũ.",
    "Thịt kho mặn quá, ăn xong khát nước cả buổi.",
    "Nước uống trong xưởng nóng, mong có thêm bình lạnh.",
    "Em làm ca đêm, mười hai giờ khuya chỉ có mì gói.",
    "Tiền cơm hai mươi hai ngàn mà giá chợ lên rồi, mong nâng lên.",
    "Nhà ăn sạch, các cô bếp vui vẻ.",
    "Có hôm thấy sợi tóc trong cơm, mong bếp đội mũ.",
    "Cá chiên nguội tanh lắm, nên đổi món khác.",
    "Mong công khai thực đơn cả tuần cho anh em biết trước.",
    "Bầu bì ăn suất như mọi người, xin thêm hộp sữa.",
    "Suất của nam nên nhiều cơm hơn một chút.",
    "Ghế nhà ăn thiếu, nhiều người phải đứng chờ.",
    "Ăn ca một mình một góc, quạt hư cả tháng chưa ai sửa.",
    "Thỉnh thoảng đổi bún, phở cho đỡ ngán.",
    "Món xào nhiều dầu quá, mấy chị lớn tuổi ăn không nổi.",
    "Được ăn no, không có gì phàn nàn.",
    "Tăng ca tới tám giờ tối mà không có bữa phụ.",
    "Muỗng đũa chưa rửa kỹ, còn dính dầu.",
    "Nên có hộp thư góp ý ngay cửa nhà ăn.",
    "Đợt nắng nóng mong có nước chanh muối như năm ngoái.",
    "Ca hai xuống tới nơi thì hết món mặn, còn mỗi trứng.",
    "Bếp nấu vừa miệng người miền Trung chúng em, cảm ơn.",
    "Mười phút rửa tay thay đồ tính luôn vào giờ ăn, mệt lắm.",
    "Cho mang cơm nhà và có chỗ hâm thì hay.",
    "Rau muống hôm thứ ba có mùi lạ, nhiều người đau bụng nhẹ.",
    "Xin giảm đường trong nước ngọt phát buổi chiều.",
    "Khay cơm nhỏ hơn trước, cùng một giá tiền.",
    "Tổ trưởng ăn riêng món khác, anh em nhìn cũng tủi.",
    "Có tủ lạnh gửi sữa cho các mẹ mới sinh là quý lắm.",
    "Chủ nhật làm thêm thì không nấu, phải ra ngoài mua đắt.",
    "Thích nhất món canh chua, mong tuần nào cũng có.",
)
"""Open answers; each is given once."""

LETTERS = (
    # (state, days ago, topic, about, reader, officer, contact, may be studied, what was written by turns: worker, officer, worker …)
    ("received", 1, "hours", "lucky", "province", "", "", True, ("Tuần nào tổ em cũng làm tới chín giờ tối, hỏi thì bảo tự nguyện nhưng không ai dám không ký. Em muốn hỏi như vậy có đúng luật không?",)),
    ("received", 2, "meals", "food", "province", "", "", True, ("Cơm ca hôm thứ hai có mùi chua, mấy chị ăn xong bị đau bụng. Mong có người xuống xem bếp.",)),
    ("received", 19, "wages", "shoes", "province", "", "", False, ("Lương tháng này chậm mười ngày rồi, tiền trọ chủ nhà đòi. Công ty hẹn mãi. Có ai hỏi giúp tụi em được không?",)),
    ("handled", 6, "safety", "lucky", "province", "officer", "chị Nụ, 0900 000 001", True, ("Máy dập số ba hở tấm chắn, có người kẹp tay rồi. Em nói tổ trưởng thì bảo chờ. Em là Trần Thị Bịa, gọi em số 0900 000 001.",)),
    ("handled", 17, "treatment", "shoes", "province", "officer", "", False, ("Chuyền trưởng hay chửi thề trước mặt mọi người, có bạn khóc nghỉ việc luôn.",)),
    ("handled", 4, "housing", "", "zone", "officer2", "", True, ("Đường từ khu trọ ra cổng khu công nghiệp không có đèn, ca đêm về tối lắm, tụi em sợ.",)),
    ("answered", 12, "social_insurance", "lucky", "province", "officer", "", True, ("Em tra trên điện thoại thấy công ty đóng bảo hiểm thiếu ba tháng. Em phải làm gì?", "Cảm ơn bạn. Chúng tôi đã hỏi cơ quan bảo hiểm xã hội: ba tháng ấy đang được truy đóng, hạn cuối là cuối tháng sau. Bạn giữ lại phiếu lương của ba tháng; nếu sang tháng tra vẫn thiếu, hãy viết tiếp ở đây.")),
    ("answered", 9, "contract", "", "province", "officer", "", True, ("Em làm mười một tháng mà vẫn hợp đồng thử việc, như vậy được không ạ?", "Không được. Thời gian thử việc dài nhất là 180 ngày, chỉ với người quản lý doanh nghiệp; với công nhân ngắn hơn nhiều (Điều 25 Bộ luật Lao động). Bạn cho biết có muốn chúng tôi làm việc với công ty không, chúng tôi sẽ không nêu bạn là ai.")),
    ("handled", 14, "hours", "shoes", "province", "officer", "", True, ("Nghỉ phép năm xin trước cả tháng vẫn không duyệt.", "Chúng tôi đã trao đổi với công ty về lịch nghỉ phép của quý này. Nếu đơn tới vẫn bị từ chối, bạn viết lại ở đây.", "Dạ đơn thứ hai cũng không duyệt, bảo hết người.")),
    ("closed", 40, "meals", "food", "province", "officer", "anh Ví, phòng trọ 12", True, ("Xin thêm nước lạnh ở xưởng hai, trời nóng quá.", "Công ty đã đặt thêm hai bình nước ở xưởng hai từ thứ sáu. Nếu chưa có, bạn viết lại nhé.", "Có rồi ạ, em cảm ơn.")),
    ("closed", 35, "other", "", "zone", "officer2", "", True, ("Khu mình có lớp học buổi tối nào cho con công nhân không?", "Có lớp ôn hè ở nhà văn hoá khu, miễn phí, đăng ký tại quầy công đoàn khu.")),
    ("erased", 130, "wages", "lucky", "province", "officer", "chị Hoa Bịa, 0900 000 002", True, ("Phiếu lương không ghi tiền tăng ca, em gọi số 0900 000 002 hỏi kế toán không ai trả lời.", "Công ty đã in lại phiếu lương có dòng tăng ca từ tháng này.")),
    ("withdrawn", 21, "treatment", "shoes", "province", "officer", "", False, ("Em muốn kể chuyện quản lý ca ba.", "Bạn cứ viết, chỉ một cán bộ phụ trách đọc được nguyên văn.")),
)  # fmt: skip
"""Letters: state, age in days, topic, unit it is about, reader, who is in charge, contact, may be studied, the thread."""
