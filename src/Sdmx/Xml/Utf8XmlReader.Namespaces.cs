using System.Xml;

namespace Sdmx.Xml;

sealed partial class Utf8XmlReader
{
    const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";
    const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";

    // xml:lang and xml:space are inherited like prefixes, under names that no prefix has
    const string LanguageBinding = "xml:lang";
    const string SpaceBinding = "xml:space";

    readonly List<(string Prefix, string Uri, int Depth)> _bindings = [("xml", XmlNamespace, -1), ("xmlns", XmlnsNamespace, -1)];
    int _bindingsState;

    int _spaces; // how many xml:space are in scope: mostly none, and asked for before each tag

    bool IsPreserving => _spaces > 0 && Bound(SpaceBinding) == "preserve";

    string? Bound(string prefix)
    {
        for (var i = _bindings.Count - 1; i >= 0; i--)
        {
            if (_bindings[i].Prefix == prefix)
                return _bindings[i].Uri;
        }

        return prefix.Length == 0 ? "" : null;
    }

    /// <summary>Takes the namespaces that a start tag declares, and checks the prefixes it uses.</summary>
    void EnterScope(Utf8Name name, bool special)
    {
        if (special)
            Declare();
        Check(name);
        if (special)
            CheckAttributes();
    }

    /// <summary>Ends the scope of the element at the current depth.</summary>
    void LeaveScope()
    {
        while (_bindings[^1].Depth == _depth)
        {
            _spaces -= _bindings[^1].Prefix == SpaceBinding ? 1 : 0;
            _bindings.RemoveAt(_bindings.Count - 1);
            _bindingsState++;
        }

        if (_names.Trim())
            (_lastElement, _lastEnded) = (null, null);
    }

    void Declare()
    {
        for (var i = 0; i < _count; i++)
        {
            var name = _attributes[i].Name;
            if (name.IsDeclaration)
                Bind(name.Prefix.Length == 0 ? "" : name.LocalName, ValueOf(i), i);
            else if (name.QualifiedName == LanguageBinding)
                Bind(LanguageBinding, ValueOf(i));
            else if (name.QualifiedName == SpaceBinding)
                BindSpace(i);
        }
    }

    void Bind(string prefix, string uri, int attribute)
    {
        var isReserved = uri == XmlnsNamespace || prefix == "xmlns" || (prefix == "xml") != (uri == XmlNamespace);
        if (isReserved || (uri.Length == 0 && prefix.Length > 0))
            throw Fault($"The prefix '{prefix}' cannot be bound to '{uri}'.", _attributes[attribute].Start);
        Bind(prefix, uri);
    }

    void BindSpace(int attribute)
    {
        var space = ValueOf(attribute).Trim(' ', '\t', '\r', '\n');
        if (space is not ("preserve" or "default"))
            throw Fault("xml:space is neither 'default' nor 'preserve'.", _attributes[attribute].Start);
        Bind(SpaceBinding, space);
        _spaces++;
    }

    void Bind(string prefix, string uri)
    {
        _bindings.Add((prefix, uri, _depth));
        _bindingsState++;
    }

    void Check(Utf8Name name)
    {
        if (name.Prefix.Length == 0 || name.BoundBy == _bindingsState)
            return;
        if (Bound(name.Prefix) is null)
            throw Fault($"'{name.Prefix}' is an undeclared prefix.", _position);
        name.BoundBy = _bindingsState;
    }

    void CheckAttributes()
    {
        for (var i = 0; i < _count; i++)
            Check(_attributes[i].Name);
        // more than this are refused anyhow
        if (_count > _limits.MaxComponents)
            return;
        for (var i = 0; i < _count; i++)
        {
            var name = _attributes[i].Name;
            for (var k = 0; name.Prefix.Length > 0 && k < i; k++)
            {
                var other = _attributes[k].Name;
                if (other.Prefix.Length > 0 && other.LocalName == name.LocalName && Bound(other.Prefix) == Bound(name.Prefix))
                    throw Fault($"'{name.QualifiedName}' is a duplicate attribute name.", _attributes[i].Start);
            }
        }
    }

    string NamespaceOf(Utf8Name name, bool isAttribute) =>
        isAttribute && !name.IsInNamespace ? "" : name.QualifiedName == "xmlns" ? XmlnsNamespace : Bound(name.Prefix) ?? "";
}
