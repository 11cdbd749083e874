using System.Text;
using System.Xml;

namespace Sdmx.Xml;

/// <summary>Steps over an <see cref="XmlReader"/> that end on the element's own end tag, so that the next <see cref="XmlReader.Read"/> goes on behind it.</summary>
static class XmlText
{
    /// <summary>The text of the element the reader stands on, without that of elements in it.</summary>
    public static string Read(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        string? first = null;
        StringBuilder? more = null;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace) || xml.Depth != depth + 1)
                continue;
            if (first is null)
                first = xml.Value;
            else
                (more ??= new StringBuilder(first)).Append(xml.Value);
        }

        return more?.ToString() ?? first ?? "";
    }

    /// <summary>Passes over the element the reader stands on, with all that is in it.</summary>
    public static void Skip(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
        }
    }
}
