"""Small tables that hold nothing personal: what each is, and its rows; `-` is no header."""

TABLES = [
    ("shops with phone and address", """
        store | phone | address | city
        Main Street Market | 312-555-0142 | 1200 N Main St | Chicago
        Lakeside Pharmacy | 414-555-0188 | 77 Lake Dr | Milwaukee
        Corner Bakery | 317-555-0121 | 9 Market Sq | Indianapolis
        Riverside Hotel | 513-555-0109 | 410 River Rd | Cincinnati
        Sunset Motors Inc | 614-555-0177 | 2300 Sunset Blvd | Columbus
    """),
    ("firms without headers", """
        - | - | -
        Northwind Traders Inc | +1 206 555 0144 | 507 20th Ave E, Seattle
        Blue Yonder Airlines LLC | +1 425 555 0191 | 722 Moss Bay Blvd, Kirkland
        Contoso Systems Ltd | +1 206 555 0163 | 908 W Capital Way, Tacoma
        Fabrikam Manufacturing Corp | +1 503 555 0119 | 89 Chiaroscuro Rd, Portland
        Litware Solutions Inc | +1 360 555 0155 | 14 Garrett Hill, Olympia
    """),
    ("weather stations", """
        station_id | station | latitude | longitude | elevation
        10381 | Berlin-Dahlem | 52.45370 | 13.30170 | 51
        10147 | Hamburg-Fuhlsbuettel | 53.63321 | 9.98812 | 11
        10865 | Muenchen-Stadt | 48.16320 | 11.54293 | 515
        10637 | Frankfurt/Main | 50.02591 | 8.52130 | 100
        10738 | Stuttgart-Echterdingen | 48.68831 | 9.22354 | 371
    """),
    ("bike docks without headers", """
        - | - | -
        Dock 101 | 40.71122 | -74.01334
        Dock 102 | 40.72955 | -73.98415
        Dock 103 | 40.74177 | -73.99356
        Dock 104 | 40.75890 | -73.96812
        Dock 105 | 40.76823 | -73.98177
    """),
    ("shares of races by tract", """
        tract | share_black | share_hispanic | median_age | median_income
        36061000100 | 0.12 | 0.31 | 34.1 | 61000
        36061000201 | 0.08 | 0.44 | 36.8 | 48200
        36061000202 | 0.27 | 0.22 | 31.0 | 39500
        36061000500 | 0.05 | 0.10 | 41.9 | 91800
        36061000600 | 0.33 | 0.35 | 29.7 | 35100
    """),
    ("population by age and sex", """
        age_group | sex | population
        0-14 | male | 412331
        0-14 | female | 391870
        15-64 | male | 1620344
        15-64 | female | 1655201
        65+ | male | 301222
        65+ | female | 377190
    """),
    ("Bevölkerung nach Alter und Geschlecht", """
        Altersgruppe | Geschlecht | Einwohner
        unter 18 | männlich | 301223
        unter 18 | weiblich | 287554
        18-64 | männlich | 1204412
        18-64 | weiblich | 1219301
        65 und älter | weiblich | 402119
    """),
    ("population par département", """
        département | sexe | population
        Ain | Hommes | 325119
        Ain | Femmes | 331002
        Aisne | Hommes | 259833
        Aisne | Femmes | 270114
        Allier | Femmes | 172440
    """),
    ("población por sexo", """
        provincia | sexo | poblacion
        Sevilla | Hombre | 955012
        Sevilla | Mujer | 994330
        Murcia | Hombre | 760118
        Murcia | Mujer | 761505
        Lugo | Mujer | 168221
    """),
    ("人口統計", """
        都道府県 | 性別 | 人口
        北海道 | 男 | 2465088
        北海道 | 女 | 2759526
        青森県 | 男 | 583402
        青森県 | 女 | 654582
        岩手県 | 男 | 582952
    """),
    ("인구 통계", """
        시도 | 성별 | 인구수
        서울특별시 | 남 | 4556131
        서울특별시 | 여 | 4840270
        부산광역시 | 남 | 1604560
        부산광역시 | 여 | 1675101
        대구광역시 | 여 | 1204022
    """),
    ("人口数", """
        省份 | 性别 | 人口数
        广东 | 男 | 66878000
        广东 | 女 | 59134000
        江苏 | 男 | 43033000
        江苏 | 女 | 41714000
        浙江 | 男 | 33679000
    """),
    ("given names with counts", """
        name | sex | count
        Olivia | F | 17641
        Emma | F | 15581
        Noah | M | 18252
        Liam | M | 19659
        Amelia | F | 13027
        Oliver | M | 14147
    """),
    ("cities with population", """
        city | country | population
        Lisbon | Portugal | 545923
        Porto | Portugal | 231962
        Madrid | Spain | 3305408
        Lyon | France | 522250
        Turin | Italy | 848885
    """),
    ("Städte", """
        Stadt | Bundesland | Einwohner
        Köln | Nordrhein-Westfalen | 1073096
        Leipzig | Sachsen | 601866
        Dresden | Sachsen | 555351
        Rostock | Mecklenburg-Vorpommern | 208400
        Mainz | Rheinland-Pfalz | 217556
    """),
    ("municipalities without headers", """
        - | - | -
        札幌市 | 北海道 | 1973395
        仙台市 | 宮城県 | 1096704
        川崎市 | 神奈川県 | 1538262
        京都市 | 京都府 | 1463723
        神戸市 | 兵庫県 | 1525152
    """),
    ("part numbers", """
        part_no | description | qty
        AX-4471-B | hex bolt M8 | 1200
        AX-4472-B | hex bolt M10 | 800
        KR-0091-C | washer 8 mm | 5400
        KR-0092-C | washer 10 mm | 5100
        ZZ-1200-A | spring pin | 300
    """),
    ("numéros de pièce", """
        référence | désignation | quantité | prix
        7700274177 | filtre à huile | 12 | 8,90
        8200768913 | plaquettes de frein | 4 | 32,50
        7711238597 | bougie | 40 | 6,10
        8200431051 | courroie | 7 | 21,00
        7701479083 | joint de culasse | 2 | 74,99
    """),
    ("books", """
        isbn | title | price
        9783142486116 | A Field Guide to Mosses | 24.90
        9783248936430 | The Sailing Almanac | 18.50
        9783108474539 | Elementary Algebra | 39.00
        9783883830643 | Roses of the North | 12.00
        9783103761436 | Baking Bread | 21.95
    """),
    ("EAN without headers", """
        - | - | -
        4033468535605 | Butter 250 g | 2.49
        4078831067925 | Vollmilch 1 l | 1.19
        4057082276546 | Spaghetti 500 g | 0.99
        4054463478612 | Apfelsaft 1 l | 1.79
        4032138783759 | Zucker 1 kg | 1.09
    """),
    ("商品コード", """
        JANコード | 商品名 | 税込価格
        4925354930666 | 緑茶 500ml | 150
        4978364507496 | おにぎり 鮭 | 140
        4962883143662 | 食パン 6枚切 | 198
        4986402067970 | 牛乳 1L | 248
        4911687731322 | 単三電池 4本 | 398
    """),
    ("journals", """
        issn | journal | impact
        0028-0836 | Nature | 50.5
        0036-8075 | Science | 44.7
        1476-4687 | Nature Online | 50.5
        0378-5955 | Hearing Research | 2.8
        2049-3630 | Web Ecology | 1.9
    """),
    ("SIREN et SIRET", """
        siren | siret | dénomination | code_ape
        302972997 | 30297299700019 | Boulangerie du Port SARL | 1071C
        898682828 | 89868282800014 | Garage des Alpes SAS | 4520A
        978017598 | 97801759800019 | Transports Lenoir SA | 4941A
        593407224 | 59340722400017 | Pharmacie centrale | 4773Z
        751505561 | 75150556100017 | Menuiserie du Val SARL | 4332A
    """),
    ("SIREN without headers", """
        - | -
        626018154 | 1071C
        183016617 | 4520A
        418609137 | 4941A
        199603085 | 4773Z
        346281942 | 4332A
        921993515 | 6201Z
    """),
    ("法人番号", """
        法人番号 | 商号 | 本店所在地
        9261995822542 | 株式会社青葉製作所 | 東京都大田区蒲田5-13-14
        7685027390000 | 有限会社みなと水産 | 神奈川県三浦市三崎3-5-1
        5055987490606 | 合同会社ひかり | 大阪府大阪市北区梅田1-1-3
        5688263728990 | 株式会社北斗運輸 | 北海道札幌市中央区北1条西2丁目
        7836732213783 | 医療法人松風会 | 福岡県福岡市博多区博多駅前2-1-1
    """),
    ("CNPJ", """
        cnpj | razao_social | municipio
        73.048.137/0001-90 | Padaria Estrela Ltda | Campinas
        44.337.344/0001-66 | Auto Peças Silva Ltda | Recife
        29.792.376/0001-68 | Farmácia Central S/A | Curitiba
        19.260.309/0001-49 | Mercado Bom Preço Ltda | Salvador
        36.002.675/0001-17 | Hotel Mar Azul Ltda | Natal
    """),
    ("software versions", """
        package | version | released
        numlib | 1.24.3 | 2023-04-22
        webkit | 4.2.18.1 | 2024-12-04
        parser | 10.0.1.2 | 2022-09-30
        shell | 5.2.21 | 2023-11-09
        codec | 6.1.1.9 | 2024-01-15
    """),
    ("versions without headers", """
        - | -
        10.0.19041.1 | stable
        10.0.19042.5 | stable
        10.0.22000.2 | beta
        10.0.22621.4 | stable
        10.0.26100.1 | beta
    """),
    ("OIDs", """
        oid | syntax
        1.3.6.1.2.1.1.1 | DisplayString
        1.3.6.1.2.1.1.3 | TimeTicks
        1.3.6.1.2.1.2.2 | Sequence
        1.3.6.1.4.1.9.2 | Counter32
        1.3.6.1.4.1.311.1 | Integer
    """),
    ("tickers", """
        ticker | open | close | volume
        AAPL | 189.33 | 191.24 | 51221300
        MSFT | 370.10 | 373.00 | 22120400
        SAP | 141.20 | 140.02 | 1820700
        ASML | 671.50 | 680.12 | 980100
        NVDA | 481.11 | 495.22 | 44120900
    """),
    ("tickers without headers", """
        - | - | -
        AMD | 2024-02-01 | 170.48
        IBM | 2024-02-01 | 186.90
        KO | 2024-02-01 | 60.73
        MAX | 2024-02-01 | 6.11
        AMY | 2024-02-01 | 12.40
    """),
    ("timestamps", """
        event | created_at | epoch_ms
        start | 2024-03-01T08:00:01Z | 1709280001123
        stop | 2024-03-01T08:14:31Z | 1709280871400
        start | 2024-03-01T09:02:17Z | 1709283737911
        stop | 2024-03-01T10:45:59Z | 1709289959006
        start | 2024-03-02T07:58:40Z | 1709366320377
    """),
    ("epochs without headers", """
        - | -
        1709280001 | ok
        1709280871 | ok
        1709283737 | failed
        1709289959 | ok
        1709366320 | ok
    """),
    ("prices in euros", """
        Artikel | Preis | MwSt | Lieferdatum
        Schraubenzieher | 12,90 € | 19 % | 12.03.2024
        Hammer | 19,99 € | 19 % | 14.03.2024
        Zange | 15,49 € | 19 % | 15.03.2024
        Säge | 29,00 € | 19 % | 18.03.2024
        Bohrer | 8,75 € | 19 % | 21.03.2024
    """),
    ("documentation networks", """
        network | gateway | vlan
        192.0.2.0/24 | 192.0.2.1 | 110
        198.51.100.0/24 | 198.51.100.1 | 120
        203.0.113.0/24 | 203.0.113.1 | 130
        192.0.2.128/25 | 192.0.2.129 | 140
        198.51.100.64/26 | 198.51.100.65 | 150
    """),
    ("switches", """
        switch | mac_address | ip_address | firmware
        sw-core-1 | 00:1b:54:aa:10:01 | 10.0.0.1 | 15.2
        sw-core-2 | 00:1b:54:aa:10:02 | 10.0.0.2 | 15.2
        sw-edge-1 | 00:1b:54:aa:11:01 | 10.0.1.1 | 14.9
        sw-edge-2 | 00:1b:54:aa:11:02 | 10.0.1.2 | 14.9
        sw-edge-3 | 00:1b:54:aa:11:03 | 10.0.1.3 | 14.9
    """),
    ("dogs", """
        animal_id | name | breed | age | sex
        A101 | Bella | Labrador | 3 | F
        A102 | Max | Beagle | 5 | M
        A103 | Luna | Poodle | 2 | F
        A104 | Charlie | Boxer | 7 | M
        A105 | Rocky | Collie | 4 | M
    """),
    ("penguins", """
        species | island | body_mass_g | sex | year
        Adelie | Torgersen | 3750 | male | 2007
        Adelie | Torgersen | 3800 | female | 2007
        Gentoo | Biscoe | 5700 | male | 2008
        Chinstrap | Dream | 3500 | female | 2009
        Gentoo | Biscoe | 4500 | female | 2008
    """),
    ("Tierheim", """
        Tierart | Rasse | Name | Alter
        Hund | Dackel | Waldi | 4
        Katze | Perser | Mimi | 2
        Hund | Pudel | Bello | 9
        Katze | Siam | Felix | 6
        Hund | Boxer | Rex | 3
    """),
    ("犬の登録", """
        犬種 | 名前 | 性別
        柴犬 | ポチ | オス
        秋田犬 | ハチ | オス
        チワワ | モモ | メス
        プードル | ココ | メス
        柴犬 | コタロウ | オス
    """),
    ("ships", """
        imo | vessel | flag | built
        9074729 | Ever Summit | Panama | 1994
        9241061 | Queen Mary 2 | Bermuda | 2003
        9839272 | Arctic Fjord | Norway | 2021
        9321483 | Emma Maersk | Denmark | 2006
        9811000 | Ever Given | Panama | 2018
    """),
    ("novels", """
        work | character | house | role
        Hamlet | Ophelia | Polonius | daughter
        Hamlet | Horatio | Wittenberg | friend
        Macbeth | Banquo | Lochaber | general
        Othello | Iago | Venice | ensign
        Hamlet | Laertes | Polonius | son
    """),
    ("chemicals", """
        cas_number | substance | formula | molar_mass
        64-17-5 | ethanol | C2H6O | 46.07
        7732-18-5 | water | H2O | 18.02
        50-00-0 | formaldehyde | CH2O | 30.03
        67-64-1 | acetone | C3H6O | 58.08
        7647-14-5 | sodium chloride | NaCl | 58.44
    """),
    ("genes", """
        gene | ensembl_id | chromosome | strand
        BRCA1 | ENSG00000012048 | 17 | -
        TP53 | ENSG00000141510 | 17 | -
        EGFR | ENSG00000146648 | 7 | +
        APOE | ENSG00000130203 | 19 | +
        MYC | ENSG00000136997 | 8 | +
    """),
    ("software releases", """
        tag | commit | published | downloads
        v1.0.0 | 9fceb02d0ae598e95dc970b74767f19372d61af8 | 2021-05-01 | 120
        v1.0.1 | 3b18e512dba79e4c8300dd08aeb37f8e728b8dad | 2021-06-11 | 431
        v1.1.0 | 257cc5642cb1a054f08cc83f2d943e56fd3ebe99 | 2021-09-20 | 2210
        v1.2.0 | 5716ca5987cbf97d6bb54920bea6adde242d87e6 | 2022-01-15 | 3120
        v2.0.0 | 8baef1b4abc478178b004d62031cf7fe6db6f903 | 2023-03-02 | 901
    """),
    ("timetable", """
        line | stop | arrival | departure
        S1 | Hauptbahnhof | 08:01 | 08:03
        S1 | Rathaus | 08:05 | 08:06
        S1 | Universität | 08:09 | 08:10
        S1 | Stadion | 08:14 | 08:15
        S1 | Flughafen | 08:22 | 08:30
    """),
    ("時刻表", """
        路線 | 停留所 | 発車時刻
        市バス205 | 京都駅前 | 8:05
        市バス205 | 七条河原町 | 8:09
        市バス205 | 四条河原町 | 8:15
        市バス205 | 河原町三条 | 8:18
        市バス205 | 府立医大病院前 | 8:24
    """),
    ("horaires", """
        ligne | arrêt | départ
        T2 | Gare Centrale | 07:12
        T2 | Hôtel de Ville | 07:15
        T2 | Place Victor Hugo | 07:19
        T2 | Jean Jaurès | 07:23
        T2 | Saint-Pierre | 07:28
    """),
    ("écoles", """
        uai | établissement | adresse | téléphone
        0750001A | École primaire Jules Ferry | 12 rue des Lilas | 01 99 00 12 34
        0750002B | Lycée Victor Hugo | 27 rue de Sévigné | 01 99 00 22 11
        0750003C | Collège Marie Curie | 4 avenue Foch | 01 99 00 31 45
        0750004D | École maternelle du Parc | 8 place du Parc | 01 99 00 44 02
        0750005E | Lycée Jean Moulin | 19 boulevard Diderot | 01 99 00 51 90
    """),
    ("図書館", """
        施設名 | 郵便番号 | 住所 | 電話番号
        中央図書館 | 160-0022 | 東京都新宿区新宿1-1-1 | 03-5550-0101
        北区立図書館 | 114-0002 | 東京都北区王子1-2-3 | 03-5550-0102
        みなと図書館 | 105-0011 | 東京都港区芝公園3-2-25 | 03-5550-0103
        大田図書館 | 145-0076 | 東京都大田区田園調布南25-1 | 03-5550-0104
        江東図書館 | 136-0076 | 東京都江東区南砂6-7-52 | 03-5550-0105
    """),
    ("病院 without headers", """
        - | - | -
        青葉総合病院 | 神奈川県横浜市青葉区市ケ尾町1-1 | 045-555-0101
        松風クリニック | 東京都杉並区荻窪5-2-3 | 03-5555-0102
        みどり医院 | 埼玉県川越市脇田町4-5 | 049-555-0103
        中央病院 | 千葉県千葉市中央区中央3-1 | 043-555-0104
        さくら薬局 | 茨城県水戸市三の丸1-5 | 029-555-0105
    """),
    ("farmacias", """
        farmacia | direccion | telefono | codigo_postal
        Farmacia del Carmen | Calle Mayor 12 | 915 550 101 | 28013
        Farmacia San Juan | Avenida de la Paz 3 | 915 550 102 | 28030
        Farmacia Central | Plaza de España 7 | 915 550 103 | 28008
        Farmacia Goya | Calle Goya 45 | 915 550 104 | 28001
        Farmacia Atocha | Calle Atocha 88 | 915 550 105 | 28012
    """),
    ("musei", """
        museo | indirizzo | comune | telefono
        Museo Civico | Via Roma 12 | Modena | 059 5550101
        Museo del Mare | Piazza Libertà 3 | Genova | 010 5550102
        Museo Archeologico | Corso Italia 44 | Napoli | 081 5550103
        Museo di Storia Naturale | Via Garibaldi 8 | Torino | 011 5550104
        Museo Diocesano | Via del Duomo 1 | Trento | 0461 555010
    """),
    ("hospitais", """
        hospital | endereço | bairro | telefone
        Hospital Santa Clara | Rua das Flores 120 | Centro | (11) 5555-0101
        Hospital São Lucas | Avenida Brasil 900 | Jardins | (11) 5555-0102
        Hospital Municipal | Rua Sete de Setembro 45 | Lapa | (11) 5555-0103
        Hospital da Luz | Rua Augusta 311 | Consolação | (11) 5555-0104
        Hospital Infantil | Praça da Sé 10 | Sé | (11) 5555-0105
    """),
    ("gemeentehuizen", """
        gemeente | adres | postcode | telefoon
        Gemeente Utrecht | Stadsplateau 1 | 3521 AZ | 14 030
        Gemeente Zwolle | Grote Kerkplein 15 | 8011 PK | 14 038
        Gemeente Breda | Claudius Prinsenlaan 10 | 4811 DJ | 14 076
        Gemeente Assen | Noordersingel 33 | 9401 JW | 14 0592
        Gemeente Delft | Stationsplein 1 | 2611 BV | 14 015
    """),
    ("초등학교", """
        학교명 | 주소 | 전화번호
        서울한빛초등학교 | 서울특별시 종로구 새문안로 12 | 02-555-0101
        부산바다초등학교 | 부산광역시 해운대구 해운대로 45 | 051-555-0102
        대구동산초등학교 | 대구광역시 중구 국채보상로 8 | 053-555-0103
        인천푸른초등학교 | 인천광역시 남동구 예술로 77 | 032-555-0104
        광주무등초등학교 | 광주광역시 동구 금남로 31 | 062-555-0105
    """),
    ("公司名录", """
        公司名称 | 地址 | 电话
        北京华信科技有限公司 | 北京市海淀区中关村大街27号 | 010-55550101
        上海东方贸易有限公司 | 上海市浦东新区世纪大道100号 | 021-55550102
        广州南方药业集团 | 广州市天河区体育西路5号 | 020-55550103
        深圳前海银行 | 深圳市南山区前海路88号 | 0755-55550104
        成都天府酒店 | 成都市锦江区人民南路二段1号 | 028-55550105
    """),
    ("tiendas without headers", """
        - | -
        Zapatería La Moderna S.L. | Calle Real 14, Cádiz
        Panadería El Trigo S.L. | Avenida Andalucía 3, Huelva
        Ferretería Hermanos Ruiz S.A. | Calle Ancha 51, Jerez
        Librería Cervantes S.L. | Plaza Mayor 2, Salamanca
        Óptica Visión S.L. | Calle Larga 9, Sevilla
    """),
    ("machine readings", """
        sensor_id | temperature | humidity | pressure
        T-01 | 21.442 | 45.120 | 1013.251
        T-02 | 22.118 | 44.871 | 1013.198
        T-03 | 20.907 | 47.332 | 1013.307
        T-04 | 21.776 | 46.005 | 1013.224
        T-05 | 22.430 | 43.914 | 1013.180
    """),
    ("machine UUIDs", """
        build_id | status | duration_s
        f47ac10b-58cc-4372-a567-0e02b2c3d479 | passed | 312
        9b2d7a52-0f65-4f1a-b6f4-1f5cf8d1a0ce | failed | 188
        1c9e6679-7425-40de-944b-e07fc1f90ae7 | passed | 301
        7d444840-9dc0-41d1-b245-5ffdce74fad2 | passed | 296
        6ecd8c99-4036-403d-bf84-cf8400f67836 | failed | 77
    """),
    ("files with digests", """
        file | sha256_size | md5
        a.tar.gz | 10231 | 9e107d9d372bb6826bd81d3542a419d6
        b.tar.gz | 88120 | e4d909c290d0fb1ca068ffaddf22cbd0
        c.tar.gz | 45902 | 1bc29b36f623ba82aaf6724fd3b16718
        d.tar.gz | 77121 | d41d8cd98f00b204e9800998ecf8427e
        e.tar.gz | 20118 | 0cc175b9c0f1b6a831c399e269772661
    """),
    ("countries", """
        iso2 | country | capital | continent
        FR | France | Paris | Europe
        DE | Germany | Berlin | Europe
        JP | Japan | Tokyo | Asia
        BR | Brazil | Brasília | South America
        KE | Kenya | Nairobi | Africa
    """),
    ("election results", """
        wahlkreis | partei | stimmen | anteil
        Mitte | SPD | 33120 | 24.1
        Mitte | CDU | 29871 | 21.7
        Nord | GRÜNE | 22110 | 18.0
        Nord | FDP | 9120 | 7.4
        Süd | DIE LINKE | 14002 | 11.3
    """),
    ("cases of illness by week", """
        week | disease | cases | deaths
        2024-W01 | influenza | 1202 | 11
        2024-W02 | influenza | 1533 | 17
        2024-W03 | measles | 12 | 0
        2024-W04 | pertussis | 44 | 1
        2024-W05 | influenza | 980 | 8
    """),
    ("cars for sale", """
        make | model | year | mileage | price
        Ford | Focus | 2015 | 88000 | 7900
        Mercedes | C 180 | 2018 | 61000 | 21500
        Alfa Romeo | Giulia | 2017 | 54000 | 18900
        Skoda | Octavia | 2020 | 32000 | 19700
        Renault | Clio | 2013 | 121000 | 4300
    """),
    ("streets", """
        street | length_m | surface
        Abbey Road | 1340 | asphalt
        Elm Street | 820 | asphalt
        Church Lane | 410 | cobbles
        Station Road | 1105 | asphalt
        Victoria Avenue | 980 | concrete
    """),
    ("towns and how to reach their halls", """
        Município | UF | Área km2 | Prefeitura telefone
        Campinas | SP | 794.6 | (19) 2116-0555
        Londrina | PR | 1652.6 | (43) 3372-4000
        Joinville | SC | 1127.9 | (47) 3431-3233
        Niterói | RJ | 133.8 | (21) 2620-0403
    """),
    ("schools called after persons", """
        Codice scuola | Denominazione | Indirizzo | CAP | Comune | Telefono
        RMIC8BY00E | I.C. Via Micheli | Via Micheli 21 | 00197 | Roma | 068073881
        MIIC8D400A | I.C. Leonardo da Vinci | Piazza Leonardo da Vinci 2 | 20133 | Milano | 0288441400
        TOIC8A300N | I.C. Alessandro Manzoni | Corso Marconi 28 | 10125 | Torino | 0116699446
        NAIC8F200R | I.C. Giovanni Pascoli | Via Manzoni 195 | 80123 | Napoli | 0817690012
    """),
    ("streets of a town", """
        street_id | street_name | surface | length_m | last_paved
        1001 | Washington Street | asphalt | 812 | 2014-05-01
        1002 | Jefferson Avenue | asphalt | 2312 | 2018-08-11
        1003 | Maple Avenue | concrete | 640 | 2009-10-05
        1004 | Lincoln Road | asphalt | 1290 | 2016-06-21
        1005 | Oak Lane | gravel | 310 | 2001-04-15
    """),
    ("films under a word for forms of address", """
        titre | année | durée | recettes
        Amélie | 2001 | 122 | 174200000
        La Haine | 1995 | 98 | 15000000
        Intouchables | 2011 | 112 | 426588510
        Le Samouraï | 1967 | 105 | 2100000
    """),
    ("a log with addresses of nobody", """
        timestamp | level | message
        2024-03-01T10:00:00Z | INFO | Started server on 0.0.0.0:8080 in 12 ms
        2024-03-01T10:00:01Z | WARN | Connection pool exhausted, retrying in 5 s
        2024-03-01T10:00:07Z | ERROR | Deadlock found when trying to get lock; try restarting
        2024-03-01T10:00:09Z | INFO | Health check of 127.0.0.1 passed after 3 tries
        2024-03-01T10:00:12Z | INFO | Interface eth0 up with netmask 255.255.255.0 set
    """),
    ("scanners of a hospital", """
        device_id | model | manufacturer | install_date | room
        MR001 | MAGNETOM Vida | Siemens | 2019-03-11 | R-114
        MR002 | Ingenia 3.0T | Philips | 2017-08-02 | R-115
        CT001 | Revolution Apex | GE HealthCare | 2021-11-23 | R-201
        CT002 | Aquilion ONE | Canon | 2018-02-14 | R-202
    """),
    ("notes with versions and masks of networks", """
        id | note
        1 | Replace filter in unit 4 before Monday morning
        2 | Version 10.2.1.4 rolled back to 10.2.0.9 for now
        3 | Interface eth0 up with netmask 255.255.255.0 again
        4 | Firmware v7.11.20.3 tested on the spare pump
        5 | Meeting moved to the large room on the third floor
    """),
    ("Messstationen mit Geräten", """
        Station | Datum | PM10 | NO2 | Geraete-ID | Messhöhe
        DEBE010 | 01.03.2021 | 21 | 33 | G-101 | 3.5
        DEBE018 | 01.03.2021 | 25 | 41 | G-102 | 3.5
        DEBE032 | 02.03.2021 | 19 | 12 | G-103 | 4.0
        DEBE034 | 02.03.2021 | 17 | 22 | G-104 | 4.0
    """),
    ("求人", """
        職種 | 勤務地 | 給与 | 雇用形態 | 会社名
        営業 | 東京都港区 | 月給25万円 | 正社員 | 株式会社青空
        看護師 | 大阪府堺市 | 月給28万円 | 契約社員 | 医療法人健生会
        保育士 | 愛知県名古屋市 | 月給22万円 | 正社員 | 社会福祉法人ひまわり
        経理 | 福岡県福岡市 | 月給24万円 | 正社員 | 株式会社若葉
    """),
]  # fmt: skip
