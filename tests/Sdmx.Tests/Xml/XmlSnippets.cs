using System.Text;

namespace Sdmx.Tests.Xml;

/// <summary>Pieces of XML, whole and broken, to damage messages with.</summary>
static class XmlSnippets
{
    /// <summary>Every one.</summary>
    public static byte[][] All { get; } =
    [
        .. ((string[])
        [
            "<", ">", "&", "\"", "'", "/", "/>", "</", "<!", "<!--", "-->", "--", "<!-- c -->", "<?", "?>", "<?p d?>", "<?xml version=\"1.0\"?>", "<![CDATA[", "]]>", "<![CDATA[ x ]]>", "]]", "&amp;",
            "&lt;", "&#10;", "&#x41;", "&#0;", "&#xD800;", "&#x1F600;", "&#1114112;", "&nbsp;", "&amp", "&#;", "&#x;", "\r", "\n", "\r\n", "\t", " ", "  ", "\0", "\u0001", "\u007F", "\u0085", "\u00A0",
            "\uFEFF", "\uFFFD", "\uFFFE", "\uFFFF", "é", "Ж", "日本", "😀", "\u2028", "×", ":", "a:", ":a", "xmlns=\"u\"", " xmlns:q=\"u\"", " xmlns:q=\"\"", " xmlns:m=\"other\"", " q:a=\"1\"", " xml:lang=\"fr\"",
            " xml:space=\"preserve\"", " xml:space=\"x\"", " xmlns:xml=\"u\"", " xmlns:xmlns=\"u\"", " xmlns:x=\"http://www.w3.org/XML/1998/namespace\"", " FREQ=\"M\"", " TIME_PERIOD='2001'", " OBS_VALUE = \"5\"", " NOTE=\"a&#9;b\nc\"",
            " NOTE='\"'", " xsi:type=\"n:SIBLING\"", " c:a=\"\" m:a=\"\"", "<Obs/>", "<Obs TIME_PERIOD=\"1999\" OBS_VALUE=\"1\"/>", "<Series>", "</Series>", "<Group/>", "<x/>", "<x>", "</x>", "<q:x/>", "<m:DataSet/>", "</m:DataSet>",
            "<!DOCTYPE a>", "<!DOCTYPE", "<Comp>t</Comp>", "text", "=", "\"\"", "<f:Footer xmlns:f='u'><f:Message code='1'><c:Text> a&amp;b<!-- --> c </c:Text></f:Message></f:Footer>",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xC3], [0x28], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF8], [0xC0, 0x80], [0xFF], [0xFE], [0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBF],
    ];
}
