#include "data/geocode/outside_places.hpp"

#include <vector>

namespace hotspots::data {
namespace {

// Each name is followed by a semicolon.
constexpr std::string_view around_the_area =
    "Atherstone;Barnwell;Bedworth;Beeston;Bingham;Bourne;Brigstock;Bulkington;Bulwell;"
    "Burton on Trent;Burton upon Trent;Burton-on-Trent;Carlton in Lindrick;Castle Gresley;"
    "Church Gresley;Clifton upon Dunsmore;Corby;Cotgrave;Coventry;Daventry;Deeping St James;"
    "Market Deeping;Derby;Desborough;Draycott;Duston;East Leake;Eastwood;Fradley;Grantham;"
    "Gresley;Hartshill;Heanor;Higham Ferrers;Hucknall;Ilkeston;Irthlingborough;Kettering;"
    "Keyworth;Kingsbury;Kings Cliffe;Lichfield;Linby;Long Eaton;Long Sutton;Melbourne;"
    "Mickleover;Newark;Newark on Trent;Northampton;Nottingham;Nottinghamshire;Notts;Nuneaton;"
    "Oundle;Overseal;Peterborough;Polesworth;Radcliffe on Trent;Raunds;Ripley;Rothwell;"
    "Royston;Rugby;Rugeley;Rushden;Ruddington;Sandiacre;Shardlow;Sleaford;Spalding;Spondon;"
    "Stamford;Stapleford;Sutton in Ashfield;Swadlincote;Tamworth;Thrapston;Tutbury;"
    "Wellingborough;West Bridgford;Willington;Woodville;Derbyshire;Northamptonshire;"
    "Northants;Lincolnshire;Lincs;Warwickshire;Warks;Staffordshire;Staffs;Cambridgeshire;"
    "West Midlands;South Derbyshire;Derbys;";

constexpr std::string_view england =
    "Accrington;Aldershot;Alfreton;Altrincham;Ashford;Ashton under Lyne;Aylesbury;Banbury;"
    "Barking;Barnet;Barnsley;Barrow in Furness;Basildon;Basingstoke;Batley;Bedford;Belper;"
    "Berwick upon Tweed;Beverley;Bexley;Bicester;Bideford;Birkenhead;Birmingham;Bham;"
    "Bishop Auckland;Blackburn;Blackpool;Bletchley;Bloxwich;Bognor Regis;Bolton;Bootle;"
    "Boston;Bournemouth;Bracknell;Bradford;Braintree;Brentwood;Bridgend;Bridgnorth;"
    "Bridgwater;Bridlington;Brighouse;Brighton;Bristol;Brixton;Bromley;Bromsgrove;Burnley;"
    "Burton;Bury St Edmunds;Buxton;Camberley;Cambridge;Camden;Cannock;Canterbury;Carlisle;"
    "Castleford;Chatham;Chelmsford;Cheltenham;Chester;Chesterfield;Chester le Street;"
    "Chichester;Chippenham;Chorley;Cirencester;Clacton;Clacton on Sea;Cleethorpes;Colchester;"
    "Congleton;Consett;Crawley;Crewe;Cromer;Croydon;Dagenham;Darlington;Dartford;Dewsbury;"
    "Didcot;Doncaster;Dorchester;Droitwich;Dudley;Dunstable;Durham;Ealing;Eastbourne;"
    "Eastleigh;Ellesmere Port;Enfield;Epsom;Evesham;Exeter;Exmouth;Falmouth;Fareham;"
    "Farnborough;Farnham;Felixstowe;Fleetwood;Folkestone;Gainsborough;Gateshead;Gillingham;"
    "Glossop;Gloucester;Godalming;Goole;Gosport;Gravesend;Great Yarmouth;Greenwich;Grimsby;"
    "Guildford;Hackney;Halesowen;Halifax;Haringey;Harlow;Harpenden;Harrogate;Hartlepool;"
    "Hastings;Hatfield;Havant;Hemel Hempstead;Hereford;Hertford;High Wycombe;Hitchin;Horsham;"
    "Hounslow;Huddersfield;Hull;Huntingdon;Hyde;Ilford;Ipswich;Islington;Keighley;Kendal;"
    "Kidderminster;Kingston upon Hull;Kings Lynn;Kirkby in Ashfield;Lambeth;Lancaster;"
    "Leamington;Leamington Spa;Leatherhead;Leeds;Leek;Leighton Buzzard;Leominster;Letchworth;"
    "Lewes;Lewisham;Leyland;Lincoln;Liverpool;London;Louth;Lowestoft;Ludlow;Luton;"
    "Mablethorpe;Macclesfield;Maidenhead;Maidstone;Malvern;Manchester;Mansfield;Margate;"
    "Matlock;Middlesbrough;Milton Keynes;Morecambe;Morpeth;Nelson;Newcastle;"
    "Newcastle under Lyme;Newcastle upon Tyne;Newham;Newmarket;Newport Pagnell;Newquay;"
    "Northallerton;Northwich;Norwich;Nuneaton and Bedworth;Oldbury;Oldham;Ormskirk;Oswestry;"
    "Oxford;Penrith;Penzance;Plymouth;Pontefract;Poole;Portsmouth;Preston;Ramsgate;Redcar;"
    "Redditch;Redhill;Reigate;Retford;Richmond upon Thames;Rochdale;Rochester;Romford;"
    "Rotherham;Royal Leamington Spa;Runcorn;Ryde;Saffron Walden;Salford;Salisbury;"
    "Scarborough;Scunthorpe;Selby;Sevenoaks;Sheffield;Shirley;Shrewsbury;Sittingbourne;"
    "Skegness;Skelmersdale;Slough;Smethwick;Solihull;South Shields;Southampton;Southend;"
    "Southend on Sea;Southport;Southwark;St Albans;St Austell;St Helens;St Ives;St Neots;"
    "Stafford;Staines;Stevenage;Stockport;Stockton on Tees;Stoke;Stoke on Trent;"
    "Stoke-on-Trent;Stourbridge;Stratford upon Avon;Stroud;Sunderland;Sutton Coldfield;"
    "Swindon;Taunton;Telford;Thetford;Torquay;Tottenham;Towcester;Trowbridge;Truro;"
    "Tunbridge Wells;Uttoxeter;Wakefield;Wallasey;Wallsend;Walsall;Waltham Cross;Walthamstow;"
    "Warrington;Warwick;Watford;Wednesbury;Welwyn Garden City;West Bromwich;Castle Bromwich;"
    "Westminster;Weston super Mare;Weymouth;Whitby;Whitehaven;Whitstable;Widnes;Wigan;"
    "Willenhall;Winchester;Windsor;Wisbech;Woking;Wokingham;Wolverhampton;Wolves;Woolwich;"
    "Worcester;Workington;Worksop;Worthing;Yeovil;York;";

constexpr std::string_view other_nations =
    "Aberdeen;Aberystwyth;Ayr;Bangor;Belfast;Caernarfon;Cardiff;Dumfries;Dundee;Dunfermline;"
    "Edinburgh;Falkirk;Glasgow;Inverness;Kilmarnock;Kirkcaldy;Livingston;Llandudno;Llanelli;"
    "Merthyr Tydfil;Neath;Newport;Paisley;Perth;Rhyl;Stirling;Swansea;Wrexham;Scotland;Wales;"
    "Northern Ireland;";

constexpr std::string_view countries =
    "France;Germany;India;Ireland;Jamaica;Pakistan;Poland;Portugal;Romania;Spain;";

std::vector<std::string_view> split() {
    std::vector<std::string_view> names;
    for (std::string_view list : {around_the_area, england, other_nations, countries}) {
        while (!list.empty()) {
            const std::size_t end = list.find(';');
            names.push_back(list.substr(0, end));
            list.remove_prefix(end + 1);
        }
    }
    return names;
}

} // namespace

std::span<const std::string_view> outside_places() {
    static const auto names = split();
    return names;
}

} // namespace hotspots::data
