"""Invented invoices in every form seen: QR texts, XML of two standards, OFD, PDF, photo."""

import io
import zipfile

import segno

DIGITAL = "01,32,,26112000000012345678,318.00,20260302,,A1B2"
OLDER = "01,10,011002600111,12345678,300.00,20260302,12345678901234567890,3C4D,"
PAPER = "01,04,1100261130,87654321,1000.00,20260105,98765432109876543210,0F0F,"
SPECIAL = "01,01,011002600104,00012345,2654.87,20260611,,77AA,"

XML = """<?xml version="1.0" encoding="utf-8"?>
<EInvoice><Header><EIid>26112000000012345678</EIid></Header><EInvoiceData>
<SellerInformation><SellerIdNum>91110000XXXXXXXX0A</SellerIdNum><SellerName>和安百货商行</SellerName></SellerInformation>
<BuyerInformation><BuyerName>暖邻社会工作服务中心</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>300.00</TotalAmWithoutTax><TotalTaxAm>18.00</TotalTaxAm>
<TotalTax-includedAmount>318.00</TotalTax-includedAmount></BasicInformation>
<IssuItemInformation><ItemName>*日用杂品*餐具</ItemName></IssuItemInformation>
<IssuItemInformation><ItemName>*日用杂品*围裙</ItemName></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>26112000000012345678</InvoiceNumber><IssueTime>2026-03-02 10:11:12</IssueTime>
</TaxSupervisionInfo></EInvoice>""".encode()

OLDER_XML = """<?xml version="1.0" encoding="UTF-8"?>
<fp:eInvoice xmlns:fp="urn:invented"><fp:InvoiceCode>011002600111</fp:InvoiceCode><fp:InvoiceNo>12345678</fp:InvoiceNo>
<fp:IssueDate>2026年03月02日</fp:IssueDate><fp:Buyer><fp:BuyerName>槐荫社区居民委员会</fp:BuyerName></fp:Buyer>
<fp:Seller><fp:SellerName>清河文印社</fp:SellerName></fp:Seller><fp:TaxExclusiveTotalAmount>300.00</fp:TaxExclusiveTotalAmount>
<fp:TaxInclusiveTotalAmount>309.00</fp:TaxInclusiveTotalAmount>
<fp:GoodsInfos><fp:GoodsInfo><fp:Item>*印刷品*折页</fp:Item></fp:GoodsInfo></fp:GoodsInfos></fp:eInvoice>""".encode()

PAGE = """<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content>
<ofd:TextCode>发票号码：26112000000012345678</ofd:TextCode><ofd:TextCode>开票日期：2026年03月02日</ofd:TextCode>
<ofd:TextCode>名称：暖邻社会工作服务中心</ofd:TextCode><ofd:TextCode>名称：和安百货商行</ofd:TextCode>
<ofd:TextCode>*日用杂品*餐具</ofd:TextCode><ofd:TextCode>（小写）¥318.00</ofd:TextCode></ofd:Content></ofd:Page>""".encode()


def ofd(*, attached: bytes | None = OLDER_XML, page: bytes = PAGE) -> bytes:
    """An OFD file with its page, and the invoice data attached."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("OFD.xml", '<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>')
        box.writestr("Doc_0/Pages/Page_0/Content.xml", page)
        if attached is not None:
            box.writestr("Doc_0/Attachs/original_invoice.xml", attached)
    return packed.getvalue()


def photo(text: str = DIGITAL) -> io.BytesIO:
    """A picture of the QR code."""
    body = io.BytesIO()
    segno.make_qr(text).save(body, kind="png", scale=5)
    body.seek(0)
    body.name = "发票.png"
    return body
