namespace Sdmx.Mapping;

/// <summary>The names of the months in the languages of the United Nations, in full and short, as they stand in dates.</summary>
static class MonthNames
{
    static readonly Dictionary<string, string[][]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = Split("يناير|كانون الثاني / فبراير|شباط / مارس|آذار / أبريل|نيسان / مايو|أيار / يونيو|حزيران / يوليو|تموز / أغسطس|آب / سبتمبر|أيلول / أكتوبر|تشرين الأول / نوفمبر|تشرين الثاني / ديسمبر|كانون الأول"),
        ["en"] = Split("January|Jan / February|Feb / March|Mar / April|Apr / May / June|Jun / July|Jul / August|Aug / September|Sept|Sep / October|Oct / November|Nov / December|Dec"),
        ["es"] = Split("enero|ene / febrero|feb / marzo|mar / abril|abr / mayo|may / junio|jun / julio|jul / agosto|ago / septiembre|setiembre|sept|sep / octubre|oct / noviembre|nov / diciembre|dic"),
        ["fr"] = Split("janvier|janv / février|févr / mars / avril|avr / mai / juin / juillet|juil / août / septembre|sept / octobre|oct / novembre|nov / décembre|déc"),
        ["ru"] = Split("января|январь|янв / февраля|февраль|февр|фев / марта|март|мар / апреля|апрель|апр / мая|май / июня|июнь|июн / июля|июль|июл / августа|август|авг / сентября|сентябрь|сент|сен / октября|октябрь|окт / ноября|ноябрь|нояб|ноя / декабря|декабрь|дек"),
        ["zh"] = Split("一月|1月 / 二月|2月 / 三月|3月 / 四月|4月 / 五月|5月 / 六月|6月 / 七月|7月 / 八月|8月 / 九月|9月 / 十月|10月 / 十一月|11月 / 十二月|12月"),
    };

    /// <summary>The languages, as <c>en</c>.</summary>
    public static IEnumerable<string> Languages => Names.Keys.Order(StringComparer.Ordinal);

    /// <summary>The names of each month, from January; null where the language of the locale, as <c>fr-CA</c>, is not among <see cref="Languages"/>.</summary>
    public static string[][]? Of(string locale) => Names.GetValueOrDefault(locale.Split('-', '_')[0]);

    static string[][] Split(string text) => [.. text.Split(" / ").Select(month => month.Split('|'))];
}
