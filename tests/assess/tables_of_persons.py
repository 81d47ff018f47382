"""Six made-up persons in each of ten languages: by entity, the header and the values."""

PERSONS = {
    "English": """
        name_given | first_name | Margaret | Kevin | Patricia | Daniel | Susan | Brian
        name_family | last_name | Thompson | Walker | Robinson | Hughes | Mitchell | Edwards
        name_full | full name | Margaret Thompson | Kevin Walker | Patricia Robinson | Daniel Hughes | Susan Mitchell | Brian Edwards
        email | e-mail | m.thompson@example.com | kwalker@example.org | p.robinson@example.com | dhughes@example.net | susan.m@example.org | b.edwards@example.com
        phone | phone | (312) 555-0142 | (414) 555-0188 | (317) 555-0121 | (513) 555-0109 | (614) 555-0177 | (206) 555-0144
        dob | date of birth | 1985-03-12 | 1991-07-25 | 1968-09-04 | 1979-01-30 | 1974-08-16 | 1996-11-21
        gender | sex | F | M | F | M | F | M
        health_condition | diagnosis | type 2 diabetes | asthma | hypertension | migraine | depression | arthritis
        address | street address | 1421 Maple Avenue | 77 Lake Drive | 9 Market Street | 410 River Road | 2300 Oak Lane | 18 Hill Court
        postal_code | zip | 60614 | 53202 | 46204 | 45202 | 43215 | 98104
        city | city | Chicago | Milwaukee | Indianapolis | Cincinnati | Columbus | Seattle
        national_id | ssn | 212-45-6789 | 318-22-1045 | 401-67-2230 | 524-11-9087 | 133-78-4416 | 267-90-3321
        salary | salary | 58000 | 61500 | 72000 | 44300 | 83900 | 50250
    """,
    "German": """
        name_given | Vorname | Sabine | Jürgen | Monika | Stefan | Ursula | Matthias
        name_family | Nachname | Schneider | Hoffmann | Krüger | Zimmermann | Vogel | Schulze
        name_full | Name | Sabine Schneider | Jürgen Hoffmann | Monika Krüger | Stefan Zimmermann | Ursula Vogel | Matthias Schulze
        email | E-Mail-Adresse | s.schneider@example.de | hoffmann@example.com | m.krueger@example.de | zimmermann@example.org | u.vogel@example.de | schulze@example.net
        phone | Telefon | 030 23125001 | 089 99998012 | 040 66969123 | 0221 4710224 | 0171 3920041 | 0160 4498812
        dob | Geburtsdatum | 12.03.1985 | 25.07.1991 | 04.09.1968 | 30.01.1979 | 16.08.1974 | 21.11.1996
        gender | Geschlecht | weiblich | männlich | weiblich | männlich | weiblich | männlich
        health_condition | Diagnose | Diabetes mellitus Typ 2 | Asthma | Bluthochdruck | Migräne | Depression | Rheuma
        address | Straße | Lindenstraße 14 | Am Markt 3 | Bergweg 27a | Goethestr. 8 | Hauptstraße 112 | Ringweg 5
        postal_code | PLZ | 10969 | 80331 | 20095 | 50667 | 04109 | 01067
        city | Ort | Berlin | München | Hamburg | Köln | Leipzig | Dresden
        tax_id/national_id | Steuer-ID | 97041569232 | 47062965185 | 71225629435 | 93413302657 | 57810929343 | 80437695220
        salary | Gehalt | 48000 | 51200 | 63000 | 39800 | 72400 | 44100
    """,
    "French": """
        name_given | prénom | Nathalie | Thierry | Isabelle | Laurent | Véronique | Mathieu
        name_family | nom de famille | Lefebvre | Moreau | Girard | Fontaine | Chevalier | Rousseau
        name_full | nom complet | Nathalie Lefebvre | Thierry Moreau | Isabelle Girard | Laurent Fontaine | Véronique Chevalier | Mathieu Rousseau
        email | courriel | n.lefebvre@example.fr | tmoreau@example.com | igirard@example.fr | l.fontaine@example.org | v.chevalier@example.fr | mrousseau@example.net
        phone | téléphone | 01 99 00 12 34 | 06 39 98 22 11 | 02 61 91 31 45 | 06 39 98 44 02 | 03 53 01 51 90 | 06 39 98 07 65
        dob | date de naissance | 12/03/1985 | 25/07/1991 | 04/09/1968 | 30/01/1979 | 16/08/1974 | 21/11/1996
        gender | sexe | femme | homme | femme | homme | femme | homme
        health_condition | diagnostic | diabète de type 2 | asthme | hypertension | migraine | dépression | arthrose
        address | adresse | 14 rue des Lilas | 3 place du Marché | 27 avenue Foch | 8 boulevard Voltaire | 112 rue de la Gare | 5 chemin des Vignes
        postal_code | code postal | 75011 | 69003 | 13006 | 31000 | 44000 | 67000
        city | ville | Paris | Lyon | Marseille | Toulouse | Nantes | Strasbourg
        national_id/pension_number/health_insurance_no | numéro de sécurité sociale | 285037518230422 | 191077526724864 | 268097542787712 | 179017553782230 | 274087597642874 | 196117574132836
        salary | salaire | 31000 | 35500 | 42000 | 28700 | 51200 | 33900
    """,
    "Spanish": """
        name_given | nombre | Pilar | Javier | Mercedes | Alejandro | Rocío | Sergio
        name_family | apellidos | García Molina | Fernández Ortega | Romero Castillo | Navarro Vega | Domínguez Prieto | Serrano Iglesias
        name_full | nombre completo | Pilar García Molina | Javier Fernández Ortega | Mercedes Romero Castillo | Alejandro Navarro Vega | Rocío Domínguez Prieto | Sergio Serrano Iglesias
        email | correo electrónico | pgarcia@example.es | jfernandez@example.com | mromero@example.es | anavarro@example.org | rdominguez@example.es | sserrano@example.net
        phone | teléfono | 915 550 101 | 600 123 456 | 933 550 102 | 612 345 678 | 954 550 103 | 655 432 109
        dob | fecha de nacimiento | 12/03/1985 | 25/07/1991 | 04/09/1968 | 30/01/1979 | 16/08/1974 | 21/11/1996
        gender | sexo | mujer | hombre | mujer | hombre | mujer | hombre
        health_condition | diagnóstico | diabetes tipo 2 | asma | hipertensión | migraña | depresión | artritis
        address | dirección | Calle Mayor 14 | Plaza de España 3 | Avenida de la Paz 27 | Calle Goya 8 | Paseo del Prado 112 | Calle Ancha 5
        postal_code | código postal | 28013 | 08001 | 41004 | 46002 | 50001 | 29015
        city | ciudad | Madrid | Barcelona | Sevilla | Valencia | Zaragoza | Málaga
        national_id/tax_id | DNI | 12233189H | 20598552M | 55786910L | 93484679Y | 61579161L | 25139945W
        salary | salario | 24000 | 27500 | 33000 | 21700 | 41200 | 26900
    """,
    "Portuguese": """
        name_given | nome | Fernanda | Thiago | Luciana | Gustavo | Beatriz | Rodrigo
        name_family | sobrenome | Oliveira | Carvalho | Nascimento | Barbosa | Cardoso | Teixeira
        name_full | nome completo | Fernanda Oliveira | Thiago Carvalho | Luciana Nascimento | Gustavo Barbosa | Beatriz Cardoso | Rodrigo Teixeira
        email | e-mail | foliveira@example.com.br | tcarvalho@example.com | luciana@example.com.br | gbarbosa@example.org | bcardoso@example.com.br | rteixeira@example.net
        phone | telefone | (11) 98555-0101 | (21) 97555-0102 | (31) 99555-0103 | (41) 98855-0104 | (51) 99155-0105 | (85) 98655-0106
        dob | data de nascimento | 12/03/1985 | 25/07/1991 | 04/09/1968 | 30/01/1979 | 16/08/1974 | 21/11/1996
        gender | sexo | feminino | masculino | feminino | masculino | feminino | masculino
        health_condition | diagnóstico | diabetes tipo 2 | asma | hipertensão | enxaqueca | depressão | artrite
        address | endereço | Rua das Flores, 120 | Avenida Brasil, 900 | Rua Sete de Setembro, 45 | Travessa do Sol, 8 | Rua Augusta, 311 | Praça da Sé, 10
        postal_code | CEP | 01310-100 | 20040-020 | 30130-010 | 80010-000 | 90010-150 | 60060-390
        city | cidade | São Paulo | Rio de Janeiro | Belo Horizonte | Curitiba | Porto Alegre | Fortaleza
        national_id/tax_id | CPF | 536.684.432-03 | 960.017.039-81 | 217.477.217-51 | 890.309.868-40 | 829.552.536-00 | 125.659.935-28
        salary | salário | 3400 | 4100 | 5200 | 2900 | 7800 | 3650
    """,
    "Italian": """
        name_given | nome | Giulia | Alessandro | Francesca | Lorenzo | Chiara | Matteo
        name_family | cognome | Esposito | Colombo | Marchetti | Ferrari | Rinaldi | Gallo
        name_full | nome e cognome | Giulia Esposito | Alessandro Colombo | Francesca Marchetti | Lorenzo Ferrari | Chiara Rinaldi | Matteo Gallo
        email | posta elettronica | g.esposito@example.it | acolombo@example.com | fmarchetti@example.it | l.ferrari@example.org | crinaldi@example.it | mgallo@example.net
        phone | telefono | 06 5550 1012 | 347 555 0102 | 02 5550 1034 | 333 555 0104 | 055 555 0105 | 320 555 0106
        dob | data di nascita | 12/03/1985 | 25/07/1991 | 04/09/1968 | 30/01/1979 | 16/08/1974 | 21/11/1996
        gender | sesso | F | M | F | M | F | M
        health_condition | diagnosi | diabete di tipo 2 | asma | ipertensione | emicrania | depressione | artrite
        address | indirizzo | Via Roma 14 | Piazza Garibaldi 3 | Corso Italia 27 | Via Verdi 8 | Viale Europa 112 | Via del Duomo 5
        postal_code | CAP | 00184 | 20121 | 80133 | 10121 | 50122 | 40121
        city | città | Roma | Milano | Napoli | Torino | Firenze | Bologna
        national_id/tax_id | codice fiscale | RSSMRC85C12H501L | BNCGLI91L65F205A | FRRLCA68P04L219X | RMNLNE79A70D612E | GLLPLA74M16A944I | CNTCHR96S61F839F
        salary | stipendio | 27000 | 30500 | 36000 | 24700 | 45200 | 28900
    """,
    "Dutch": """
        name_given | voornaam | Annemarie | Sjoerd | Marieke | Jeroen | Femke | Bram
        name_family | achternaam | de Vries | van den Berg | Bakker | Hendriks | Dijkstra | Kuipers
        name_full | volledige naam | Annemarie de Vries | Sjoerd van den Berg | Marieke Bakker | Jeroen Hendriks | Femke Dijkstra | Bram Kuipers
        email | e-mailadres | a.devries@example.nl | svdberg@example.com | m.bakker@example.nl | hendriks@example.org | femke@example.nl | bkuipers@example.net
        phone | telefoonnummer | 020 555 0101 | 06 1234 5678 | 010 555 0103 | 06 2345 6789 | 030 555 0105 | 06 3456 7890
        dob | geboortedatum | 12-03-1985 | 25-07-1991 | 04-09-1968 | 30-01-1979 | 16-08-1974 | 21-11-1996
        gender | geslacht | vrouw | man | vrouw | man | vrouw | man
        health_condition | diagnose | diabetes type 2 | astma | hoge bloeddruk | migraine | depressie | reuma
        address | adres | Lindelaan 14 | Marktplein 3 | Kerkstraat 27 | Schoolweg 8 | Dorpsstraat 112 | Singel 5
        postal_code | postcode | 1012 AB | 3011 CD | 3511 EF | 9711 GH | 5611 JK | 6811 LM
        city | woonplaats | Amsterdam | Rotterdam | Utrecht | Groningen | Eindhoven | Arnhem
        national_id/tax_id | BSN | 859573825 | 138138813 | 287678003 | 356746252 | 845852188 | 774935091
        salary | salaris | 38000 | 41500 | 52000 | 34700 | 61200 | 39900
    """,
    "Japanese": """
        name_given | 名 | 陽子 | 健太 | 美咲 | 大輔 | 直美 | 翔太
        name_family | 姓 | 佐藤 | 鈴木 | 高橋 | 田中 | 渡辺 | 小林
        name_full | 氏名 | 佐藤 陽子 | 鈴木 健太 | 高橋 美咲 | 田中 大輔 | 渡辺 直美 | 小林 翔太
        email | メールアドレス | y.sato@example.jp | suzuki@example.co.jp | takahashi@example.jp | d.tanaka@example.com | watanabe@example.jp | s.kobayashi@example.org
        phone | 電話番号 | 090-5550-0101 | 080-5550-0102 | 03-5550-0103 | 090-5550-0104 | 06-5550-0105 | 070-5550-0106
        dob | 生年月日 | 1985年3月12日 | 1991年7月25日 | 1968年9月4日 | 1979年1月30日 | 1974年8月16日 | 1996年11月21日
        gender | 性別 | 女 | 男 | 女 | 男 | 女 | 男
        health_condition | 病名 | 2型糖尿病 | 喘息 | 高血圧症 | 片頭痛 | うつ病 | 関節リウマチ
        address | 住所 | 東京都新宿区西新宿2-8-1 | 神奈川県横浜市中区日本大通1-5 | 大阪府大阪市中央区大手前2-3 | 愛知県名古屋市中区三の丸3-1-2 | 福岡県福岡市博多区東公園7-7 | 北海道札幌市中央区北3条西6丁目
        postal_code | 郵便番号 | 160-0023 | 231-0021 | 540-0008 | 460-0001 | 812-0045 | 060-0003
        city | 市区町村 | 新宿区 | 横浜市 | 大阪市 | 名古屋市 | 福岡市 | 札幌市
        my_number | マイナンバー | 123456789018 | 234567890121 | 345678901234 | 456789012346 | 567890123457 | 678901234562
        salary | 給与 | 320000 | 285000 | 410000 | 298000 | 365000 | 270000
    """,
    "Korean": """
        name_given | 이름 | 지영 | 민수 | 수진 | 현우 | 은경 | 동현
        name_family | 성 | 김 | 이 | 박 | 최 | 정 | 강
        name_full | 성명 | 김지영 | 이민수 | 박수진 | 최현우 | 정은경 | 강동현
        email | 이메일 | jykim@example.kr | mslee@example.co.kr | sjpark@example.kr | hwchoi@example.com | ekjung@example.kr | dhkang@example.org
        phone | 전화번호 | 010-5550-0101 | 010-5550-0102 | 010-5550-0103 | 010-5550-0104 | 010-5550-0105 | 010-5550-0106
        dob | 생년월일 | 1985-03-12 | 1991-07-25 | 1968-09-04 | 1979-01-30 | 1974-08-16 | 1996-11-21
        gender | 성별 | 여 | 남 | 여 | 남 | 여 | 남
        health_condition | 진단명 | 제2형 당뇨병 | 천식 | 고혈압 | 편두통 | 우울증 | 관절염
        address | 주소 | 서울특별시 종로구 세종대로 209 | 부산광역시 연제구 중앙대로 1001 | 대구광역시 중구 공평로 88 | 인천광역시 남동구 정각로 29 | 광주광역시 서구 내방로 111 | 대전광역시 서구 둔산로 100
        postal_code | 우편번호 | 03172 | 47545 | 41911 | 21554 | 61945 | 35242
        city | 도시 | 서울 | 부산 | 대구 | 인천 | 광주 | 대전
        national_id | 주민등록번호 | 850312-1665377 | 910725-2580145 | 680904-1630890 | 790130-2847667 | 740816-1892044 | 961121-2215080
        salary | 급여 | 3200000 | 2850000 | 4100000 | 2980000 | 3650000 | 2700000
    """,
    "Chinese": """
        name_given | 名字 | 秀英 | 建国 | 丽华 | 志强 | 晓燕 | 伟明
        name_family | 姓氏 | 王 | 李 | 张 | 刘 | 陈 | 杨
        name_full | 姓名 | 王秀英 | 李建国 | 张丽华 | 刘志强 | 陈晓燕 | 杨伟明
        email | 电子邮箱 | wangxy@example.cn | lijg@example.com | zhanglh@example.cn | liuzq@example.org | chenxy@example.cn | yangwm@example.net
        phone | 手机号码 | 13800138001 | 13912345678 | 15012340003 | 18600010004 | 17712340005 | 13312340006
        dob | 出生日期 | 1985-03-12 | 1991-07-25 | 1968-09-04 | 1979-01-30 | 1974-08-16 | 1996-11-21
        gender | 性别 | 女 | 男 | 女 | 男 | 女 | 男
        health_condition | 诊断 | 2型糖尿病 | 哮喘 | 高血压 | 偏头痛 | 抑郁症 | 关节炎
        address | 地址 | 北京市海淀区中关村大街27号 | 上海市浦东新区世纪大道100号 | 广州市天河区体育西路5号 | 深圳市南山区深南大道88号 | 成都市锦江区人民南路12号 | 武汉市武昌区中南路9号
        postal_code | 邮政编码 | 100080 | 200120 | 510620 | 518052 | 610016 | 430071
        city | 城市 | 北京 | 上海 | 广州 | 深圳 | 成都 | 武汉
        national_id | 身份证号 | 110105198503124073 | 110105199107256891 | 110105196809048738 | 110105197901301762 | 110105197408164931 | 110105199611212998
        salary | 工资 | 8200 | 9500 | 12000 | 7600 | 15800 | 8900
    """,
}  # fmt: skip

NUMBER = "national_id"
"""Stands for the country's own number, whatever it counts as."""

WITH_HEADERS = {
    "contacts": ("name_given", "name_family", "email", "phone"),
    "patients": ("name_full", "dob", "gender", "health_condition"),
    "addresses": ("name_full", "address", "postal_code", "city"),
    "pay roll": (NUMBER, "name_full", "salary"),
}
WITHOUT = {
    "contacts": ("name_full", "email", "phone"),
    "births": ("name_full", "dob", "gender"),
    "addresses": ("name_full", "address", "postal_code", "city"),
}
"""Views of the persons; without headers, what the values alone tell."""
