"""Words that are somebody's secret beside persons, and subjects of lists where nobody stands.

Each table: what it is, the entity of each column (`-` is none), the headers (`-` is none), rows.
"""

OF_PERSONS = [
    (
        "diagnoses without headers",
        """
        name_full | health_condition
        - | -
        Margaret Thompson | Type 2 diabetes
        Kevin Walker | Asthma
        Patricia Robinson | Essential hypertension
        Daniel Hughes | Chronic sinusitis
        Susan Mitchell | Fracture of wrist
        Brian Edwards | Depression
    """,
    ),
    (
        "Diagnosen ohne Überschrift",
        """
        name_full | health_condition
        - | -
        Sabine Schneider | Bluthochdruck
        Jürgen Hoffmann | Lungenentzündung
        Monika Krüger | Herzinsuffizienz
        Stefan Zimmermann | Migräne
        Ursula Vogel | Schilddrüsenunterfunktion
    """,
    ),
    (
        "diagnostics sans en-tête",
        """
        name_full | health_condition
        - | -
        Nathalie Lefebvre | hypertension artérielle
        Thierry Moreau | asthme
        Isabelle Girard | insuffisance cardiaque
        Laurent Fontaine | lombalgie
        Véronique Chevalier | maladie de Crohn
    """,
    ),
    (
        "病名、見出し無し",
        """
        name_full | health_condition
        - | -
        佐藤 陽子 | 2型糖尿病
        鈴木 健太 | 気管支喘息
        高橋 美咲 | 虫垂炎
        田中 大輔 | 大腿骨骨折
        渡辺 直美 | 高血圧症
    """,
    ),
    (
        "진단 제목 없음",
        """
        name_full | health_condition
        - | -
        김지영 | 고혈압
        이민수 | 위염
        박수진 | 제2형 당뇨병
        최현우 | 골절
        정은경 | 우울증
    """,
    ),
    (
        "诊断 无标题",
        """
        name_full | health_condition
        - | -
        王秀英 | 高血压
        李建国 | 慢性胃炎
        张丽华 | 2型糖尿病
        刘志强 | 腰椎间盘突出
        陈晓燕 | 抑郁症
    """,
    ),
    (
        "drugs of patients",
        """
        name_full | treatment
        - | -
        Margaret Thompson | metformin 500 mg
        Kevin Walker | salbutamol inhaler
        Patricia Robinson | amlodipine 5 mg
        Daniel Hughes | atorvastatin
        Susan Mitchell | amoxicillin
    """,
    ),
    (
        "offences",
        """
        name_full | criminal_record
        - | -
        Kevin Walker | burglary
        Susan Mitchell | assault
        Brian Edwards | theft
        Daniel Hughes | possession of drugs
        Patricia Robinson | fraud
    """,
    ),
    (
        "delitos",
        """
        name_full | criminal_record
        - | -
        Javier Fernández Ortega | robo con violencia
        Sergio Serrano Iglesias | hurto
        Alejandro Navarro Vega | estafa
        Pilar García Molina | lesiones
        Mercedes Romero Castillo | tráfico de drogas
    """,
    ),
    (
        "罪名、見出し無し",
        """
        name_full | criminal_record
        - | -
        鈴木 健太 | 窃盗
        田中 大輔 | 傷害
        小林 翔太 | 詐欺
        佐藤 陽子 | 道路交通法違反
        渡辺 直美 | 窃盗
    """,
    ),
    (
        "members of unions",
        """
        name_full | trade_union
        - | -
        Sabine Schneider | ver.di
        Jürgen Hoffmann | IG Metall
        Monika Krüger | ver.di
        Stefan Zimmermann | GEW
        Ursula Vogel | IG BCE
    """,
    ),
    (
        "iscritti",
        """
        name_full | trade_union
        - | -
        Giulia Esposito | CGIL
        Alessandro Colombo | UIL
        Francesca Marchetti | CISL
        Lorenzo Ferrari | CGIL
        Chiara Rinaldi | UIL
    """,
    ),
    (
        "opinions",
        """
        name_full | political_opinion
        - | -
        Sabine Schneider | SPD
        Jürgen Hoffmann | CDU
        Monika Krüger | FDP
        Stefan Zimmermann | SPD
        Ursula Vogel | CSU
    """,
    ),
    (
        "支持政党、見出し無し",
        """
        name_full | political_opinion
        - | -
        佐藤 陽子 | 立憲民主党
        鈴木 健太 | 自由民主党
        高橋 美咲 | 支持なし
        田中 大輔 | 日本維新の会
        渡辺 直美 | 公明党
    """,
    ),
    (
        "ethnic groups of the census",
        """
        name_full | ethnicity
        - | -
        Margaret Thompson | White British
        Kevin Walker | White British
        Patricia Robinson | Black Caribbean
        Daniel Hughes | Asian, Asian British or Asian Welsh: Indian
        Susan Mitchell | White Irish
    """,
    ),
    (
        "Behinderungen",
        """
        name_full | disability
        - | -
        Sabine Schneider | keine Behinderung
        Jürgen Hoffmann | sehbehindert
        Monika Krüger | keine Behinderung
        Stefan Zimmermann | gehörlos
        Ursula Vogel | Rollstuhl
    """,
    ),
    (
        "blood groups",
        """
        name_full | blood_type
        - | -
        Sabine Schneider | A+
        Jürgen Hoffmann | O-
        Monika Krüger | AB+
        Stefan Zimmermann | O+
        Ursula Vogel | B-
    """,
    ),
    (
        "photographs of staff",
        """
        name_full | face_image | personal_url
        full name | photo_path | avatar_url
        Margaret Thompson | /img/users/17.jpg | https://cdn.example.com/a/17.png
        Kevin Walker | /img/users/18.jpg | https://cdn.example.com/a/18.png
        Patricia Robinson | /img/users/19.jpg | https://cdn.example.com/a/19.png
    """,
    ),
    (
        "顔写真",
        """
        name_full | face_image
        氏名 | 写真
        佐藤 陽子 | sato.jpg
        鈴木 健太 | suzuki.jpg
        高橋 美咲 | takahashi.jpg
    """,
    ),
    (
        "symbol and number of the insured",
        """
        name_full | health_insurance_no | health_insurance_no | -
        氏名 | 記号 | 番号 | 枝番
        佐藤 陽子 | 1234 | 567 | 00
        鈴木 健太 | 2234 | 568 | 01
        高橋 美咲 | 4112 | 571 | 00
    """,
    ),
    (
        "accounts and cars of owners",
        """
        name_full | bic | vin | vehicle_plate
        owner name | bic | vin | licence plate
        Sabine Schneider | DEUTDEFF | WVWZZZ1JZ3W386752 | B-AB 1234
        Jürgen Hoffmann | COBADEFFXXX | WBA3A5C50CF256651 | M-XY 99
        Monika Krüger | GENODEF1M01 | WDB2030461A123456 | HH-CD 456
    """,
    ),
    (
        "owners of dogs",
        """
        name_full | - | -
        owner | breed | name
        Margaret Thompson | Labrador | Bella
        Kevin Walker | Beagle | Max
        Patricia Robinson | Poodle | Luna
        Daniel Hughes | Boxer | Charlie
        Susan Mitchell | Collie | Rocky
    """,
    ),
    (
        "actors and characters",
        """
        - | - | name_full
        movie | character | actor
        Harbour Lights | Ophelia | Margaret Thompson
        Harbour Lights | Horatio | Kevin Walker
        The Long Way | Banquo | Brian Edwards
        The Long Way | Laertes | Daniel Hughes
        Far North | Polonius | Susan Mitchell
    """,
    ),
    (
        "wages and health of persons",
        """
        age | gender | salary | health_condition
        age | sex | wage | health
        18 | M | 75.04 | good
        24 | F | 70.47 | very good
        45 | M | 130.98 | good
        43 | F | 154.68 | good
        50 | F | 98.12 | good
    """,
    ),
    (
        "one card in every row",
        """
        card_number
        -
        4532015112830366
        4532015112830366
        4532015112830366
        4532015112830366
    """,
    ),
    (
        "Chinese mobiles among persons",
        """
        name_full | phone
        - | -
        王秀英 | 13800138001
        李建国 | 13912345678
        张丽华 | 15012340003
        刘志强 | 18600010004
        陈晓燕 | 17712340005
    """,
    ),
    (
        "beliefs of a survey",
        """
        religion | political_opinion | -
        religion | party | region
        Catholic | Democrat | South
        Protestant | Republican | South
        Catholic | Democrat | West
        Jewish | Democrat | East
        None | Independent | South
    """,
    ),
    (
        "visits of patients not told apart",
        """
        - | - | health_condition
        visit_id | admission | diagnosis
        1 | 2023-01-02 | Asthma
        2 | 2023-01-05 | Hypertension
        3 | 2023-01-07 | Type 2 diabetes
        4 | 2023-01-11 | Migraine
    """,
    ),
    (
        "articles on illnesses",
        """
        - | name_full | -
        title | author | year
        Diabetes in Adolescents | Margaret Thompson | 2019
        Cancer and Society | Kevin Walker | 2018
        The Flu | Brian Edwards | 2001
        Migraine: a History | Susan Mitchell | 2004
    """,
    ),
    (
        "what customers ask about",
        """
        name_full | -
        customer name | subject
        Margaret Thompson | theft of parcel
        Kevin Walker | fraud alert
        Susan Mitchell | wrong size
        Brian Edwards | late delivery
    """,
    ),
]

OF_NOBODY = [
    (
        "parties",
        """
        abbreviation | party | founded
        SPD | Sozialdemokratische Partei Deutschlands | 1863
        CDU | Christlich Demokratische Union | 1945
        FDP | Freie Demokratische Partei | 1948
        PDS | Die Linke | 2007
    """,
    ),
    (
        "parties without headers",
        """
        - | - | -
        Mitte | SPD | 33120
        Mitte | CDU | 29871
        Nord | SPD | 22110
        Nord | FDP | 9120
        Nord | CDU | 14002
    """,
    ),
    (
        "élections",
        """
        circonscription | parti | voix
        Ain 1 | Les Républicains | 12044
        Ain 1 | Parti socialiste | 9921
        Ain 2 | Rassemblement national | 13310
        Ain 2 | Les Républicains | 8821
        Ain 3 | Parti socialiste | 7710
    """,
    ),
    (
        "開票結果",
        """
        選挙区 | 政党 | 得票数
        東京1区 | 自由民主党 | 83120
        東京1区 | 立憲民主党 | 79871
        東京2区 | 自由民主党 | 92110
        東京2区 | 日本維新の会 | 39120
        東京3区 | 日本共産党 | 24002
    """,
    ),
    (
        "개표 결과",
        """
        선거구 | 정당 | 득표수
        종로 | 더불어민주당 | 43120
        종로 | 국민의힘 | 39871
        중구 | 더불어민주당 | 52110
        중구 | 정의당 | 9120
        용산 | 국민의힘 | 44002
    """,
    ),
    (
        "unions",
        """
        union | sector | members_total
        ver.di | services | 1900000
        IG Metall | metal | 2100000
        IG BCE | chemistry | 580000
        GEW | education | 270000
    """,
    ),
    (
        "religions",
        """
        religion | adherents | founded_in
        Christianity | 2400000000 | Judea
        Islam | 1900000000 | Mecca
        Hinduism | 1200000000 | India
        Buddhism | 500000000 | India
    """,
    ),
    (
        "ethnic groups by count",
        """
        ethnic_group | region | population
        White British | Leeds | 530000
        Indian | Leeds | 16000
        White British | York | 180000
        Pakistani | Leeds | 22000
        Indian | York | 1500
    """,
    ),
    (
        "list of races",
        """
        code | race
        1 | White
        2 | Black or African American
        3 | Asian
        4 | American Indian or Alaska Native
        5 | Native Hawaiian
    """,
    ),
    (
        "diseases by country",
        """
        country | disease | incidence
        Kenya | malaria | 52.1
        Kenya | tuberculosis | 251.0
        Ghana | malaria | 164.4
        Ghana | hepatitis | 12.2
        Mali | measles | 3.1
    """,
    ),
    (
        "diseases without headers",
        """
        - | - | -
        2024-W01 | influenza | 1202
        2024-W02 | measles | 12
        2024-W03 | influenza | 1533
        2024-W04 | hepatitis | 44
        2024-W05 | influenza | 980
    """,
    ),
    (
        "catalogue of diagnoses",
        """
        code | diagnosis
        E11 | Type 2 diabetes mellitus
        I10 | Essential hypertension
        J45 | Asthma
        F32 | Depressive episode
        M54 | Low back pain
    """,
    ),
    (
        "catalogue of drugs",
        """
        drug | form | price
        metformin | tablet | 3.20
        ibuprofen | tablet | 2.10
        amoxicillin | capsule | 5.80
        insulin glargine | solution | 42.00
        omeprazole | capsule | 4.70
    """,
    ),
    (
        "drugs without headers",
        """
        - | -
        metformin 500 mg | 3.20
        ibuprofen 400 mg | 2.10
        amoxicillin 250 mg | 5.80
        atorvastatin 20 mg | 4.40
        omeprazole 20 mg | 4.70
    """,
    ),
    (
        "offences of a year",
        """
        offence | year | recorded
        burglary | 2023 | 1201
        theft | 2023 | 8712
        fraud | 2023 | 2310
        burglary | 2024 | 1177
        theft | 2024 | 8650
    """,
    ),
    (
        "kinds of disability",
        """
        code | disability
        1 | visual impairment
        2 | hearing impairment
        3 | learning disability
        4 | physical disability
    """,
    ),
    (
        "trade of machines",
        """
        machine | diagnostic | since
        M1 | overheating | 2024-03-01
        M2 | bearing worn | 2024-03-04
        M3 | overheating | 2024-03-05
        M4 | sensor lost | 2024-03-07
    """,
    ),
    (
        "ratings of bonds",
        """
        bond | rating
        X1 | A+
        X2 | A-
        X3 | B+
        X4 | AA
        X5 | BB
    """,
    ),
    (
        "photographs of products",
        """
        product | photo | photo_url
        Hammer | /img/items/17.jpg | https://cdn.example.com/items/17.png
        Zange | /img/items/18.jpg | https://cdn.example.com/items/18.png
        Säge | /img/items/19.jpg | https://cdn.example.com/items/19.png
    """,
    ),
    (
        "a tree of folders",
        """
        node | parent | depth
        src | root | 1
        lib | root | 1
        core | src | 2
        net | src | 2
    """,
    ),
    (
        "symbols and numbers of parts",
        """
        記号 | 番号 | 数量
        A-12 | 567 | 4
        B-03 | 568 | 2
        C-44 | 571 | 9
    """,
    ),
    (
        "banks",
        """
        bank | bic | city
        Deutsche Bank AG | DEUTDEFF | Frankfurt
        Commerzbank AG | COBADEFFXXX | Frankfurt
        Volksbank eG | GENODEF1M01 | München
    """,
    ),
    (
        "codes of seventeen digits",
        """
        - | -
        20260314101530123 | ok
        20260314101531477 | ok
        20260314101533002 | failed
        20260314101539871 | ok
    """,
    ),
    (
        "wines",
        """
        vin | region | prix
        Chablis | Bourgogne | 18.50
        Sancerre | Loire | 16.90
        Fronsac | Bordeaux | 14.20
    """,
    ),
    (
        "wages of trades",
        """
        trade | wage | year
        plumber | 31.5 | 2020
        roofer | 29.2 | 2020
        mason | 27.1 | 2020
    """,
    ),
    (
        "sixteen digits in every row",
        """
        -
        1234567890123456
        1234567890123456
        1234567890123456
    """,
    ),
    (
        "numbers of orders",
        """
        order_no | state
        13004400123 | sent
        13904400124 | sent
        15904400129 | open
        18604400131 | sent
    """,
    ),
    (
        "pharmacies",
        """
        pharmacie | téléphone | adresse
        Pharmacie du Port | 01 99 00 12 34 | 12 rue des Lilas
        Pharmacie centrale | 01 99 00 22 11 | 27 rue de Sévigné
        Pharmacie Voltaire | 01 99 00 31 45 | 4 avenue Foch
        Pharmacie des Arts | 01 99 00 44 02 | 8 place du Parc
    """,
    ),
    (
        "krankenhäuser",
        """
        Krankenhaus | Telefon | Anschrift
        St. Josef | 030 23125001 | Lindenstraße 14
        Charlottenstift | 040 66969123 | Bergweg 27
        Martinushaus | 0221 4710224 | Hauptstraße 112
        Evangelisches Klinikum | 089 99998012 | Am Markt 3
    """,
    ),
    (
        "図書館の一覧",
        """
        図書館名 | 電話番号 | 所在地
        中央 | 03-5550-0101 | 東京都新宿区新宿1-1-1
        王子 | 03-5550-0102 | 東京都北区王子1-2-3
        みなと | 03-5550-0103 | 東京都港区芝公園3-2-25
    """,
    ),
    (
        "clinical trials",
        """
        nct_id | condition | sponsor | phase
        NCT01 | Breast Cancer | Northwind Inc | 2
        NCT02 | Asthma | Blue Pharma Ltd | 3
        NCT03 | Breast Cancer | Northwind Inc | 1
        NCT04 | Diabetes | Lake Biotech Inc | 2
    """,
    ),
    (
        "genes and diseases",
        """
        gene | disease | score
        BRCA1 | breast cancer | 0.9
        APOE | Alzheimer disease | 0.8
        CFTR | cystic fibrosis | 0.97
    """,
    ),
    (
        "parties with days",
        """
        party | founded_on | seats
        Sozialdemokratische Partei Deutschlands | 1863-05-23 | 120
        Christlich Demokratische Union | 1945-06-26 | 164
        Freie Demokratische Partei | 1948-12-11 | 90
    """,
    ),
]
