using System.Collections.Frozen;
using System.Globalization;

namespace Sdmx;

/// <summary>The codes of countries and areas: the letters of ISO 3166-1 and the numbers of the United Nations (M49).</summary>
static class Countries
{
    const int LeastOfList = 100; // a list with so many of the codes is one of the world's countries; national ones number their provinces

    const string Table = """
        AFAFG4 AXALA248 ALALB8 DZDZA12 ASASM16 ADAND20 AOAGO24 AIAIA660 AQATA10 AGATG28 ARARG32 AMARM51 AWABW533 AUAUS36 ATAUT40 AZAZE31 BSBHS44 BHBHR48 BDBGD50 BBBRB52
        BYBLR112 BEBEL56 BZBLZ84 BJBEN204 BMBMU60 BTBTN64 BOBOL68 BQBES535 BABIH70 BWBWA72 BVBVT74 BRBRA76 IOIOT86 BNBRN96 BGBGR100 BFBFA854 BIBDI108 CVCPV132 KHKHM116 CMCMR120
        CACAN124 KYCYM136 CFCAF140 TDTCD148 CLCHL152 CNCHN156 CXCXR162 CCCCK166 COCOL170 KMCOM174 CGCOG178 CDCOD180 CKCOK184 CRCRI188 CICIV384 HRHRV191 CUCUB192 CWCUW531 CYCYP196
        CZCZE203 DKDNK208 DJDJI262 DMDMA212 DODOM214 ECECU218 EGEGY818 SVSLV222 GQGNQ226 ERERI232 EEEST233 SZSWZ748 ETETH231 FKFLK238 FOFRO234 FJFJI242 FIFIN246 FRFRA250 GFGUF254
        PFPYF258 TFATF260 GAGAB266 GMGMB270 GEGEO268 DEDEU276 GHGHA288 GIGIB292 GRGRC300 GLGRL304 GDGRD308 GPGLP312 GUGUM316 GTGTM320 GGGGY831 GNGIN324 GWGNB624 GYGUY328 HTHTI332
        HMHMD334 VAVAT336 HNHND340 HKHKG344 HUHUN348 ISISL352 ININD356 IDIDN360 IRIRN364 IQIRQ368 IEIRL372 IMIMN833 ILISR376 ITITA380 JMJAM388 JPJPN392 JEJEY832 JOJOR400 KZKAZ398
        KEKEN404 KIKIR296 KPPRK408 KRKOR410 KWKWT414 KGKGZ417 LALAO418 LVLVA428 LBLBN422 LSLSO426 LRLBR430 LYLBY434 LILIE438 LTLTU440 LULUX442 MOMAC446 MGMDG450 MWMWI454 MYMYS458
        MVMDV462 MLMLI466 MTMLT470 MHMHL584 MQMTQ474 MRMRT478 MUMUS480 YTMYT175 MXMEX484 FMFSM583 MDMDA498 MCMCO492 MNMNG496 MEMNE499 MSMSR500 MAMAR504 MZMOZ508 MMMMR104 NANAM516
        NRNRU520 NPNPL524 NLNLD528 NCNCL540 NZNZL554 NINIC558 NENER562 NGNGA566 NUNIU570 NFNFK574 MKMKD807 MPMNP580 NONOR578 OMOMN512 PKPAK586 PWPLW585 PSPSE275 PAPAN591 PGPNG598
        PYPRY600 PEPER604 PHPHL608 PNPCN612 PLPOL616 PTPRT620 PRPRI630 QAQAT634 REREU638 ROROU642 RURUS643 RWRWA646 BLBLM652 SHSHN654 KNKNA659 LCLCA662 MFMAF663 PMSPM666 VCVCT670
        WSWSM882 SMSMR674 STSTP678 SASAU682 SNSEN686 RSSRB688 SCSYC690 SLSLE694 SGSGP702 SXSXM534 SKSVK703 SISVN705 SBSLB90 SOSOM706 ZAZAF710 GSSGS239 SSSSD728 ESESP724 LKLKA144
        SDSDN729 SRSUR740 SJSJM744 SESWE752 CHCHE756 SYSYR760 TWTWN158 TJTJK762 TZTZA834 THTHA764 TLTLS626 TGTGO768 TKTKL772 TOTON776 TTTTO780 TNTUN788 TRTUR792 TMTKM795 TCTCA796
        TVTUV798 UGUGA800 UAUKR804 AEARE784 GBGBR826 USUSA840 UMUMI581 UYURY858 UZUZB860 VUVUT548 VEVEN862 VNVNM704 VGVGB92 VIVIR850 WFWLF876 EHESH732 YEYEM887 ZMZMB894 ZWZWE716
        """;

    static readonly Country[] All = [.. Table.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(t => new Country(t[..2], t[2..5], t[5..]))];
    static readonly FrozenDictionary<string, Country> ByCode = All.SelectMany(c => new[] { (c.Alpha2, c), (c.Alpha3, c), (c.Number, c) }).ToFrozenDictionary(c => c.Item1, c => c.c, StringComparer.OrdinalIgnoreCase);

    /// <summary>A country's codes; the number without leading zeros.</summary>
    internal sealed record Country(string Alpha2, string Alpha3, string Number);

    /// <summary>Every one.</summary>
    internal static IReadOnlyList<Country> List => All;

    /// <summary>The code that a list of countries has for the country of another code; of several, letters for letters and a number for a number.
    /// Null when the list is none of countries.</summary>
    internal static string? In(CodeIndex codes, string other)
    {
        var digits = int.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && other.Length <= 3;
        var code = digits ? number.ToString(CultureInfo.InvariantCulture) : other;
        if (!ByCode.TryGetValue(code, out var country) || All.Count(c => codes.Find(c.Number) >= 0 || codes.Find(c.Alpha2) >= 0 || codes.Find(c.Alpha3) >= 0) < LeastOfList)
            return null;
        string[] numbers = [country.Number, country.Number.PadLeft(3, '0')], letters = [country.Alpha2, country.Alpha3];
        return (digits ? numbers.Concat(letters) : letters.Concat(numbers)).FirstOrDefault(c => codes.Find(c) >= 0);
    }
}
